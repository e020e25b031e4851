using Nvdimm.DevEngine.Auth;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Tests.Auth;

/// <summary>Guesses are slow and few, and the right password always comes through.</summary>
public sealed class LoginGateTests
{
    private const string Right = "right";

    private readonly ManualTime time = new();

    [Test]
    public async Task Guesses_OneAfterTheOther_TakeTwoSecondsEach()
    {
        using var gate = Fast();
        var start = time.GetUtcNow();
        const int Guesses = 1000;
        for (var guess = 0; guess < Guesses; guess++)
        {
            Assert.That(await gate.IsRightAsync($"guess {guess}", CancellationToken.None), Is.False);
        }

        // The first three cost nothing, the next three 250, 500 and 1,000 ms.
        var expected = TimeSpan.FromMilliseconds(1750) + (LoginGate.LongestPause * (Guesses - LoginGate.FreeFailures - 3));
        Assert.That(time.GetUtcNow() - start, Is.EqualTo(expected));
        Assert.That(await gate.IsRightAsync(Right, CancellationToken.None), Is.True);
        Assert.That(time.GetUtcNow() - start, Is.EqualTo(expected + LoginGate.LongestPause), "no lock: one more pause");
        start = time.GetUtcNow();
        Assert.That(await gate.IsRightAsync(Right, CancellationToken.None), Is.True);
        Assert.That(time.GetUtcNow(), Is.EqualTo(start), "forgiven");
    }

    [Test]
    public async Task RightPasswords_ManyAtOnce_WaitForNothing()
    {
        using var gate = Fast();
        var start = time.GetUtcNow();
        var logins = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => gate.IsRightAsync(Right, CancellationToken.None)));
        Assert.That(logins, Has.All.True);
        Assert.That(time.GetUtcNow(), Is.EqualTo(start));
    }

    /// <summary>Of a flood before the first login a queue is compared, one after the other; the rest is refused at once.</summary>
    [Test]
    public async Task SlowComparisons_OfAFlood_AreFewAndOneAtATime()
    {
        var (running, most, compared) = (0, 0, 0);
        using var first = new ManualResetEventSlim();
        using var gate = new LoginGate(time, _ => null, password =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            compared++;
            first.Wait();
            Interlocked.Decrement(ref running);
            return password == Right;
        });
        var flood = Enumerable.Range(0, 200).Select(guess => gate.IsRightAsync($"guess {guess}", CancellationToken.None)).ToArray();
        var refused = flood.Count(login => login.IsFaulted);
        first.Set();
        foreach (var login in flood)
        {
            Assert.That(() => login, login.IsFaulted ? Throws.TypeOf<ApiFaultException>() : Is.False);
        }

        Assert.That((refused, compared, most), Is.EqualTo((200 - LoginGate.QueueLength - 1, LoginGate.QueueLength + 1, 1)));
        Assert.That(await gate.IsRightAsync(Right, CancellationToken.None), Is.True);
    }

    [Test]
    public async Task Login_ThatIsGivenUp_LeavesItsPlace()
    {
        using var gate = Fast();
        for (var guess = 0; guess < LoginGate.FreeFailures; guess++)
        {
            await gate.IsRightAsync("wrong", CancellationToken.None);
        }

        for (var login = 0; login < 2 * LoginGate.QueueLength; login++)
        {
            Assert.That(() => gate.IsRightAsync(Right, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        }

        Assert.That(await gate.IsRightAsync(Right, CancellationToken.None), Is.True);
    }

    private LoginGate Fast() => new(time, given => given == Right, slow: null);
}
