using System.Diagnostics;
using Realtime.Filter.Batch;

namespace Realtime.Filter.Tests.Batch;

public sealed class FileClaimTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private readonly string folder = Directory.CreateTempSubdirectory("realtime-claims-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void One_worker_holds_a_file_until_it_lets_go()
    {
        using (FileClaim? first = Take())
        {
            Assert.NotNull(first);
            Assert.Null(Take());
            Assert.NotNull(FileClaim.TryTake(folder, "other", WorkerIdentity.New(), Long));
        }

        using FileClaim? next = Take();
        Assert.False(next!.IsTakeover);
    }

    [Fact]
    public void Of_many_at_once_one_gets_it()
    {
        FileClaim?[] claims = new FileClaim?[16];
        Parallel.For(0, claims.Length, i => claims[i] = Take());

        FileClaim held = Assert.Single(claims.OfType<FileClaim>());
        held.Dispose();
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void A_dead_process_of_this_machine_is_followed_at_once()
    {
        using Process dead = Process.Start("true");
        dead.WaitForExit();
        Write(WorkerIdentity.New() with { Process = dead.Id });

        using FileClaim? claim = Take();

        Assert.True(claim!.IsTakeover);
    }

    [Fact]
    public void A_process_id_that_was_used_again_is_another_process()
    {
        WorkerIdentity here = WorkerIdentity.New();
        Write(here with { Started = here.Started - 1 });

        using FileClaim? claim = Take();

        Assert.True(claim!.IsTakeover);
    }

    [Fact]
    public void On_another_machine_only_the_heartbeat_counts()
    {
        Write(WorkerIdentity.New() with { System = "another", Process = int.MaxValue });
        Assert.Null(Take());

        File.SetLastWriteTimeUtc(Path.Combine(folder, "key.1.claim"), DateTime.UtcNow - Long - TimeSpan.FromMinutes(1));
        using FileClaim? claim = Take();
        Assert.True(claim!.IsTakeover);
    }

    [Fact]
    public void A_claim_that_was_cut_off_while_it_was_written_is_held_until_it_is_stale()
    {
        File.WriteAllText(Path.Combine(folder, "key.1.claim"), "{\"host\":");
        Assert.Null(Take());

        File.SetLastWriteTimeUtc(Path.Combine(folder, "key.1.claim"), DateTime.UtcNow - Long - TimeSpan.FromMinutes(1));
        using FileClaim? claim = Take();
        Assert.NotNull(claim);
    }

    [Fact]
    public void Whoever_was_taken_for_dead_hears_of_it_and_takes_nothing_away()
    {
        using FileClaim first = Take()!;
        File.WriteAllText(Path.Combine(folder, "key.2.claim"), BatchJson.Write(WorkerIdentity.New()) + "\n0\n");

        first.Beat();

        Assert.True(first.Lost.IsCancellationRequested);
        first.Dispose();
        Assert.Null(Take());
    }

    private FileClaim? Take() => FileClaim.TryTake(folder, "key", WorkerIdentity.New(), Long);

    private void Write(WorkerIdentity worker) => File.WriteAllText(Path.Combine(folder, "key.1.claim"), BatchJson.Write(worker) + "\n0\n");
}
