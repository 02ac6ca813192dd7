using System.Text;
using Realtime.Filter.Events;
using Realtime.Filter.Tests.Telemetry;

namespace Realtime.Filter.Tests.Events;

public sealed class HookEventsTests
{
    private readonly List<string> told = [];

    [Fact]
    public void Events_arrive_in_order_as_JSON_with_the_credentials_in_a_header()
    {
        using Receiver receiver = new();
        Uri address = new UriBuilder(receiver.Address) { UserName = "me", Password = "p%40ss", Query = "token=hidden" }.Uri;
        EventCounts counts = Send(address, 20);

        string header = Convert.ToBase64String(Encoding.UTF8.GetBytes("me:p@ss"));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"POST /hook?token=hidden application/json Basic {header} {{\"frame\":{i}}}"), receiver.Requests);
        Assert.Equal((20, 0, 0), (counts.Delivered, counts.Failures, counts.Lost));
        Assert.Empty(told);
    }

    [Fact]
    public void What_the_receiver_may_take_later_is_tried_again_and_keeps_its_place()
    {
        using Receiver receiver = new(200, 503, 429, 200);
        using ManualResetEventSlim back = new();
        EventCounts counts;
        using (HookEvents events = new(receiver.Address, line => Tell(line, back), new FakeClock()))
        {
            for (int i = 0; i < 3; i++)
                events.Write(Encoding.UTF8.GetBytes($"{i}\n"));
            Assert.True(back.Wait(TimeSpan.FromMinutes(1)), "the second event never arrived");
            counts = events.Counts;
        }

        Assert.Equal(["0", "1", "1", "1", "2"], receiver.Requests.Select(request => request[^1..]));
        Assert.Equal((3, 2, 0), (counts.Delivered, counts.Failures, counts.Lost));
        Assert.Contains("it answered 503", told[0], StringComparison.Ordinal);
        Assert.EndsWith(" again.", told[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(301)]
    public void What_the_receiver_refuses_is_lost_at_once_and_the_next_one_goes_out(int code)
    {
        using Receiver receiver = new(code);
        EventCounts counts = Send(receiver.Address, 3);

        Assert.Equal((2, 1, 1, 3), (counts.Delivered, counts.Failures, counts.Lost, receiver.Requests.Count));
    }

    [Fact]
    public void Nobody_there_blocks_nothing_loses_all_and_betrays_no_secret()
    {
        Uri address = new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", Receiver.FreePort(), "/secret") { UserName = "secret", Password = "secret", Query = "secret" }.Uri;
        EventCounts counts = Send(address, 1000);

        Assert.Equal((0, 1000), (counts.Delivered, counts.Lost));
        Assert.InRange(counts.Failures, 1, 1000);
        Assert.NotEmpty(told);
        Assert.All(told, line => Assert.DoesNotContain("secret", line, StringComparison.Ordinal));
    }

    private EventCounts Send(Uri address, int count)
    {
        using HookEvents events = new(address, line => Tell(line));
        for (int i = 0; i < count; i++)
            events.Write(Encoding.UTF8.GetBytes($"{{\"frame\":{i}}}\n"));
        return events.Counts;
    }

    private void Tell(string line, ManualResetEventSlim? back = null)
    {
        lock (told)
            told.Add(line);
        if (line.EndsWith(" again.", StringComparison.Ordinal))
            back?.Set();
    }
}
