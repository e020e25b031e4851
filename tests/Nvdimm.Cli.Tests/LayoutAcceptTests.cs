using System.Text.RegularExpressions;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Tests.Labels;
using Nvdimm.Extensions.Host.Verdicts;

namespace Nvdimm.Cli.Tests;

/// <summary>Every row of the guard's table through the real command: what the tool advises to accept, it accepts.</summary>
public sealed class LayoutAcceptTests
{
    private const string Largest = "--strategy largest";

    /// <summary>For each code a device on which it is found; the options with which it is found.</summary>
    private static readonly Dictionary<string, Func<TestHost, Task<string>>> Situations = new(StringComparer.Ordinal)
    {
        [NvdimmCodes.LayoutMoved] = host => Placed(host, 1026, Largest, TestHost.OffsetOf1026),
        [NvdimmCodes.LayoutChanged] = async host =>
        {
            host.Place(1026);
            await RecordAsync(host, "");
            return Largest;
        },
        [NvdimmCodes.LayoutForeign] = host =>
        {
            host.Place(513, 512 * TestHost.MiB);
            return Task.FromResult(host.PowerDomain());
        },
        [NvdimmCodes.LayoutUuidChanged] = async host =>
        {
            host.Place(513);
            await RecordAsync(host, host.PowerDomain("11111111-82b6-40ad-8962-6f0412bab47d"));
            return host.PowerDomain();
        },
        [NvdimmCodes.LayoutAmbiguous] = host => Placed(host, 512, "", TestHost.Offset, TestHost.Offset + (2 * TestHost.MiB)),
        [NvdimmCodes.LayoutCutsNamespaces] = host =>
        {
            host.PlaceBytes(512, (TestHost.Offset, SyntheticLabels.AreaUpTo(minor: 2, TestHost.Offset, (Guid.Empty, "one", 0))));
            return Task.FromResult("");
        },
        [NvdimmCodes.LayoutResized] = async host =>
        {
            host.Place(514);
            await RecordAsync(host, "");
            host.Place(512);
            return "";
        },
        [NvdimmCodes.LayoutUnreadable] = host =>
        {
            host.Device = host.Device with { Path = host.PathOf("gone", "pmem0") };
            return Task.FromResult("");
        },
        [NvdimmCodes.LayoutLabelsMissing] = async host =>
        {
            host.Place(512, TestHost.Offset);
            await RecordAsync(host, "");
            host.Place(512);
            return "";
        },
        [NvdimmCodes.LayoutStaleLabels] = async host =>
        {
            host.PlaceBytes(512, (TestHost.Offset, SyntheticLabels.Area(2, (Guid.Empty, "newer", 0))));
            await RecordAsync(host, "");
            host.Place(512, TestHost.Offset, TestHost.Offset + (2 * TestHost.MiB));
            return "";
        },
        [NvdimmCodes.LayoutLabelsDamaged] = host =>
        {
            var damaged = TestHost.Labels.ToArray();
            damaged[80] ^= 0xFF;
            damaged[256 + 80] ^= 0xFF;
            host.PlaceBytes(512, (TestHost.Offset, damaged));
            return Task.FromResult("");
        },
    };

    private static IEnumerable<string> Acceptable => GuardCodes.All.Where(row => row.IsAcceptable).Select(row => row.Code);

    /// <summary>A device that cannot be read is not here, and that is never offered for acceptance (<see cref="LayoutCheckTests"/>).</summary>
    private static IEnumerable<string> Found => Situations.Keys.Where(code => code != NvdimmCodes.LayoutUnreadable);

    /// <summary>3 is "not found here"; 2 would be "cannot be accepted".</summary>
    [TestCaseSource(nameof(Acceptable))]
    public async Task EveryAcceptableCode_IsTakenByTheCommand(string code)
    {
        using var host = new TestHost(512, TestHost.Offset);
        var run = await host.Run("layout", "accept", "--device", "namespace0.0", "--finding", code);
        run.AssertStatus(3);
        Assert.That(run.Error, Does.Contain($"'{code}' is not what was found"));
    }

    [Test]
    public async Task EveryOtherCode_IsRefused()
    {
        foreach (var code in GuardCodes.All.Where(row => !row.IsAcceptable).Select(row => row.Code))
        {
            (await ToolRun.Of("layout", "accept", "--device", "namespace0.0", "--finding", code)).AssertStatus(2);
        }
    }

    /// <summary>What is found of the content of a device is tested where that is read.</summary>
    [Test]
    public void EveryAcceptableCode_HasASituation() =>
        Assert.That(Situations.Keys, Is.EquivalentTo(Acceptable.Where(code => !code.StartsWith("NVDIMM_CONTENT_", StringComparison.Ordinal))));

    [TestCaseSource(nameof(Found))]
    public async Task PrintedAdvice_WorksWhenItIsFollowed(string code)
    {
        using var host = new TestHost();
        var options = Split(await Situations[code](host));
        string[] check = ["layout", "check", "--device", "namespace0.0", .. options];
        var before = await host.Run(check);
        before.AssertStatus(3);
        var printed = Regex.Match(before.Output, "(?<command>nvdimm layout accept .*)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        var advice = printed.Groups["command"].Value;
        Assert.That(advice, Does.Contain(code));
        (await host.Follow(advice)).AssertStatus(0);

        var after = await host.Run([.. check, "--json"]);
        var findings = after.Json["devices"]!.Single()["guard"]!["findings"]!.Where(finding => (string?)finding["severity"] == "error").ToList();
        Assert.That(findings.Where(finding => (bool)finding["acceptable"]! && !(bool)finding["accepted"]!), Is.Empty);
        Assert.That(findings.Select(finding => (string?)finding["code"]), Does.Contain(code));
        after.AssertStatus(findings.All(finding => (bool)finding["acceptable"]!) ? 0 : 5);
    }

    /// <summary>The verdict names its findings, so that a new row of the table needs no word of its own.</summary>
    [TestCase(NvdimmCodes.LayoutLabelsDamaged, "unknown")]
    [TestCase(NvdimmCodes.LayoutCutsNamespaces, "moved")]
    public async Task Verdict_StandsForItsFindings(string code, string verdict)
    {
        using var host = new TestHost();
        await Situations[code](host);
        var run = await host.Run("layout", "accept", "--device", "namespace0.0", "--finding", verdict, "--json");
        run.AssertStatus(0);
        Assert.That(ToolRun.Codes(run.Json["accepted"]), Is.EqualTo(new[] { code }));
    }

    /// <summary>Automation that accepts twice comes to the same end: the first acceptance stays, with its name and time.</summary>
    [TestCase(NvdimmCodes.LayoutCutsNamespaces)]
    [TestCase("moved")]
    public async Task WhatIsAccepted_IsAcceptedAlready(string finding)
    {
        using var host = new TestHost();
        await Situations[NvdimmCodes.LayoutCutsNamespaces](host);
        (await host.Run("layout", "accept", "--device", "namespace0.0", "--finding", finding, "--by", "first")).AssertStatus(0);
        var again = await host.Run("layout", "accept", "--device", "namespace0.0", "--finding", finding, "--by", "second", "--json");
        again.AssertStatus(0);
        Assert.That(again.Error, Does.Contain($"{NvdimmCodes.LayoutCutsNamespaces} is accepted already"));
        Assert.That(again.Json["accepted"], Is.Empty);
        var shown = await host.Run("layout", "show", "namespace0.0", "--json");
        Assert.That(shown.Output, Does.Contain("first").And.Not.Contain("second"));
    }

    private static Task<string> Placed(TestHost host, long mebibytes, string options, params long[] labels)
    {
        host.Place(mebibytes, labels);
        return Task.FromResult(options);
    }

    private static async Task RecordAsync(TestHost host, string options) =>
        (await host.Run(["layout", "record", "--device", "namespace0.0", .. Split(options)])).AssertStatus(0);

    private static string[] Split(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
