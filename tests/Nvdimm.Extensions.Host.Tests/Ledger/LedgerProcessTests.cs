using System.Globalization;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Tests.Ledger;

/// <summary>Real processes on real files. NVDIMM_KILLS and NVDIMM_CLAIM_ROUNDS ask for more than a test run needs.</summary>
public sealed class LedgerProcessTests
{
    [Test]
    public void Ledger_WhoseWriterIsKilled_HasEveryRecordThatWasAcknowledged()
    {
        using var folder = new TemporaryFolder();
        var ledger = new LayoutLedger(StateFolders.Made(folder.Path), TimeProvider.System);
        var acknowledged = 0;
        for (var kill = 0; kill < Count("NVDIMM_KILLS", 50); kill++)
        {
            using (var writer = new ChildProcess("write", folder.Path, $"{acknowledged}"))
            {
                acknowledged = int.Parse(writer.Output.ReadLine()!, CultureInfo.InvariantCulture);
                Thread.Sleep(TimeSpan.FromMicroseconds(kill * 7919 % 20_000));
                writer.Kill();
                while (writer.Output.ReadLine() is { } line && int.TryParse(line, CultureInfo.InvariantCulture, out var number))
                {
                    acknowledged = number;
                }
            }

            var listing = ledger.List();
            Assert.That(listing.Findings, Is.Empty, $"kill {kill}");
            var last = listing.Records.Max(record => int.Parse(record.Hypervisor!, CultureInfo.InvariantCulture));
            Assert.That(last, Is.EqualTo(acknowledged).Or.EqualTo(acknowledged + 1), $"kill {kill}");
            Assert.That(ledger.Save(Samples.Use(9)).IsReadable, Is.True, "the lock of a killed writer is free");
            ledger.Forget(Samples.Identity(9));
            File.Delete(Path.Combine(folder.Path, "forgotten", $"{Samples.Identity(9)}.1.json"));
        }
    }

    [Test]
    public void Accept_ByManyWritersAtOnce_LosesNone()
    {
        using var folder = new TemporaryFolder();
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 16 }, number =>
        {
            var ledger = new LayoutLedger(StateFolders.Made(folder.Path), TimeProvider.System);
            ledger.Accept(Samples.Identity(), "x", "y", [Finding.Error(NvdimmCodes.LayoutMoved, ("offset", $"{number}"))], "root");
        });
        Assert.That(new LayoutLedger(folder.Path, TimeProvider.System).Find(Samples.Identity()).Record!.Accepted, Has.Count.EqualTo(64));
    }

    [Test]
    public void Claim_BySixteenProcessesAtOnce_IsWonByExactlyOne()
    {
        using var folder = new TemporaryFolder();
        var processes = Enumerable.Range(0, 16).Select(number => new ChildProcess("claim", folder.Path, $"vm{number}")).ToList();
        try
        {
            for (var round = 0; round < Count("NVDIMM_CLAIM_ROUNDS", 50); round++)
            {
                Parallel.ForEach(processes, process =>
                {
                    process.Input.WriteLine(round);
                    process.Input.Flush();
                });
                Assert.That(processes.Select(process => process.Output.ReadLine()).Order(), Is.EqualTo([.. Enumerable.Repeat("lost", 15), "won"]), $"round {round}");
            }
        }
        finally
        {
            processes.ForEach(process => process.Dispose());
        }
    }

    [Test]
    public void Claim_OfAKilledProcess_IsReplaced()
    {
        using var folder = new TemporaryFolder();
        var claims = new DeviceClaims(StateFolders.Made(folder.Path), TimeProvider.System);
        var own = ClaimHolder.OfProcess("own", "1", Environment.ProcessId);
        using (var other = new ChildProcess("claim", folder.Path, "other"))
        {
            other.Input.WriteLine(0);
            Assert.That(other.Output.ReadLine(), Is.EqualTo("won"));
            var refused = claims.TryClaim(Samples.Identity(), "namespace0.0", own);
            Assert.That(refused.Findings.Single().Message, Is.EqualTo($"namespace0.0 is claimed by other (process {other.Id}). Stop that VM first."));
            other.Kill();
            Assert.That(claims.Find(Samples.Identity()).Claim, Is.Null);
        }

        Assert.That(claims.TryClaim(Samples.Identity(), "namespace0.0", own).Claim!.Holder, Is.EqualTo(own));
    }

    private static int Count(string variable, int normal) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : normal;
}
