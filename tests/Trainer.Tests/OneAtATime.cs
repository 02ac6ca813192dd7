// Torch has one generator of random numbers for the whole process: tests that seed it and ran side by side would draw from each other's stream.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
