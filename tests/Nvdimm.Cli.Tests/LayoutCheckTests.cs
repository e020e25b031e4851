using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Claims;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Cli.Tests;

/// <summary>Every verdict of the guard through the command line, in <c>layout check</c> and in <c>plan</c>.</summary>
public sealed class LayoutCheckTests
{
    private const string Largest = "--strategy largest";
    private const string Power = "--arch ppc64le";

    /// <summary>The verdict, the device's size, its labels, further options, the status, the codes.</summary>
    private static readonly object[][] Verdicts =
    [
        ["first-use", 512, Array.Empty<long>(), "", 0, Array.Empty<string>()],
        ["same", 512, new[] { TestHost.Offset }, "", 0, new[] { NvdimmCodes.LayoutNotRecorded }],
        ["moved", 1026, new[] { TestHost.OffsetOf1026 }, Largest, 3, new[] { NvdimmCodes.LayoutMoved, NvdimmCodes.LayoutToWrite }],
        ["same", 513, new[] { 512 * TestHost.MiB }, Power, 0, new[] { NvdimmCodes.LayoutNotRecorded }],
        ["ambiguous", 512, new[] { TestHost.Offset, TestHost.Offset + (2 * TestHost.MiB) }, "", 3, new[] { NvdimmCodes.LayoutAmbiguous, NvdimmCodes.LayoutNotRecorded, NvdimmCodes.LayoutOfLabels }],
        ["resized", 514, new[] { TestHost.Offset }, "", 3, new[] { NvdimmCodes.LayoutResized, NvdimmCodes.LayoutNotRecorded }],
        ["unknown", -1, Array.Empty<long>(), "", 5, new[] { NvdimmCodes.LayoutUnreadable }],
    ];

    [TestCaseSource(nameof(Verdicts))]
    public async Task Check_EachVerdict(string verdict, int mebibytes, long[] labels, string options, int status, string[] codes)
    {
        using var host = HostFor(verdict, mebibytes, labels, options);
        var run = await host.Run(["layout", "check", "--device", "namespace0.0", "--json", .. Split(options)]);
        run.AssertStatus(status);
        var device = run.Json["devices"]!.Single();
        Assert.That(((string?)device["guard"]!["verdict"], (bool)device["guard"]!["allowed"]!), Is.EqualTo((verdict, status == 0)));
        Assert.That(ToolRun.Codes(device["guard"]!["findings"]).Except([NvdimmCodes.HypervisorNotVerified]), Is.EqualTo(codes));
        Assert.That(host.Kept, Is.Empty, "a check writes nothing");
    }

    /// <summary>The domain has the device already, with a uuid that is not the labels'.</summary>
    [Test]
    public async Task Check_DomainThatHasTheDevice_IsAskedForAsItStands()
    {
        using var host = new TestHost(513, 512 * TestHost.MiB);
        var run = await host.Run(["layout", "check", "--device", "namespace0.0", "--json", .. Split(host.PowerDomain())]);
        run.AssertStatus(3);
        var guard = run.Json["devices"]!.Single()["guard"]!;
        Assert.That((string?)guard["verdict"], Is.EqualTo("foreign"));
        Assert.That(ToolRun.Codes(guard["findings"]), Does.Contain(NvdimmCodes.LayoutForeign).And.Contain(NvdimmCodes.LayoutToWrite));
        var kept = await host.Run(["layout", "check", "--device", "namespace0.0", "--keep-layout", .. Split(host.PowerDomain())]);
        kept.AssertStatus(0);
        Assert.That(kept.Output, Does.Contain("same, allowed; the layout of the labels is kept"));
    }

    [TestCaseSource(nameof(Verdicts))]
    public async Task Plan_EachVerdict(string verdict, int mebibytes, long[] labels, string options, int status, string[] codes)
    {
        using var host = HostFor(verdict, mebibytes, labels, options);
        var json = await host.Run(["plan", "--device", "namespace0.0", "--json", .. Split(options)]);
        json.AssertStatus(status);
        var guard = json.Json["devices"]!.Single()["guard"]!;
        Assert.That(((string?)guard["verdict"], ToolRun.Codes(guard["findings"]).Except([NvdimmCodes.HypervisorNotVerified])), Is.EqualTo((verdict, (IEnumerable<string>)codes)));
        var table = await host.Run(["plan", "--device", "namespace0.0", .. Split(options)]);
        table.AssertStatus(status);
        Assert.That(table.Output, Does.Contain($"last use of namespace0.0: {verdict}, {(status == 0 ? "allowed" : "refused")}\n"));
        Assert.That(table.Output, status == 0 ? Does.Contain(" can have namespace0.0: ") : Does.StartWith("A VM cannot have namespace0.0"));
        var xml = await host.Run(["plan", "--device", "namespace0.0", "--format", "xml", .. Split(options)]);
        xml.AssertStatus(status);
        Assert.That(xml.Output, status == 0 ? Does.StartWith("<memory") : Is.Empty);
        Assert.That(xml.Error, Does.Contain($"last use of namespace0.0: {verdict}"));
    }

    [Test]
    public async Task Check_ForPeople_ShowsBothWitnessesAndWhatToDo()
    {
        using var host = new TestHost(1026, TestHost.OffsetOf1026);
        (await host.Run("layout", "record", "--device", "namespace0.0")).AssertStatus(0);
        var run = await host.Run("layout", "check", "--device", "namespace0.0", "--strategy", "largest");
        run.AssertStatus(3);
        Stable(run, host).AssertGolden("layout-check-moved.txt");
    }

    [Test]
    public async Task Check_ForPeople_FirstUse()
    {
        using var host = new TestHost();
        Directory.Delete(host.State, recursive: true);
        Assert.That((await host.Run("layout", "check", "--device", "namespace0.0")).Output, Does.Contain($"no record: {host.State} is not there"));
        StateFolder.Make(host.State, host.Ledger.Host);
        var run = await host.Run("layout", "check", "--device", "namespace0.0");
        run.AssertStatus(0);
        Stable(run, host).AssertGolden("layout-check-first-use.txt");
    }

    [Test]
    public async Task Check_Json_HasStableNames()
    {
        using var host = new TestHost(512, TestHost.Offset);
        (await host.Run("layout", "record", "--device", "namespace0.0")).AssertStatus(0);
        var run = await host.Run("layout", "check", "--device", "namespace0.0", "--json");
        Stable(run, host).AssertGolden("layout-check-same.json");
    }

    [TestCase("plan")]
    [TestCase("layout check")]
    public async Task UsedByTheHost_IsRefused(string command)
    {
        using var host = new TestHost();
        host.Write("sys/block/pmem0/holders/dm-0", "");
        var run = await host.Run([.. command.Split(' '), "--device", "namespace0.0"]);
        run.AssertStatus(3);
        Assert.That(run.Output, Does.Contain("error   NVDIMM_IN_USE_BY_HOST: namespace0.0 is in use by the host: held by dm-0."));
    }

    [Test]
    public async Task UseThatCannotBeRead_Is5()
    {
        using var host = new TestHost();
        Directory.Delete(host.PathOf("sys", "block", "pmem0", "holders"));
        (await host.Run("plan", "--device", "namespace0.0")).AssertStatus(5);
    }

    [Test]
    public async Task AnotherNamespaceUnderTheName_IsRefused()
    {
        using var host = new TestHost();
        host.Write("sys/block/pmem0/device/uuid", "00000001-82b6-40ad-8962-6f0412bab47d\n");
        var run = await host.Run("plan", "--device", "namespace0.0");
        run.AssertStatus(3);
        Assert.That(run.Output, Does.Contain("error   NVDIMM_IDENTITY_CHANGED"));
    }

    [Test]
    public async Task ClaimedByAVm_IsRefused()
    {
        using var host = new TestHost();
        host.Claims.TryClaim(DeviceIdentity.Of(host.Device), "namespace0.0", ClaimHolder.OfProcess("db", null, Environment.ProcessId));
        var run = await host.Run("plan", "--device", "namespace0.0");
        run.AssertStatus(3);
        Assert.That(run.Output, Does.Contain("error   NVDIMM_CLAIM_HELD: namespace0.0 is claimed by db"));
    }

    [Test]
    public async Task DamagedRecord_Is5()
    {
        using var host = new TestHost();
        (await host.Run("layout", "record", "--device", "namespace0.0")).AssertStatus(0);
        await File.WriteAllTextAsync(host.RecordFile, "{");
        foreach (var command in new[] { "plan", "layout check" })
        {
            var run = await host.Run([.. command.Split(' '), "--device", "namespace0.0", "--json"]);
            run.AssertStatus(5);
            Assert.That(ToolRun.Codes(run.Json["devices"]![0]!["guard"]!["findings"]), Does.Contain(NvdimmCodes.LedgerDamaged));
        }
    }

    /// <summary>A listing from a file can be another host's: then it is said that nobody was asked.</summary>
    [Test]
    public async Task Plan_DeviceOfAnotherHost_IsVisiblyNotChecked()
    {
        var run = await ToolRun.Of("plan", "--ndctl", ToolRun.Modes, "--device", "namespace6.1", "--json");
        run.AssertStatus(0);
        var guard = run.Json["devices"]!.Single()["guard"]!;
        Assert.That(((string?)guard["verdict"], (string?)guard["notChecked"]), Is.EqualTo(((string?)null, "/dev/dax6.1 is not on this machine")));
        var check = await ToolRun.Of("layout", "check", "--ndctl", ToolRun.Modes, "--device", "namespace6.1");
        check.AssertStatus(5);
        Assert.That(check.Output, Does.Contain("\n/dev/dax6.1 is not on this machine. Run this on its host.\n").And.Not.Contain("layout accept"));
    }

    /// <summary>That nobody could look is never accepted, also where the record of this host knows the device.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public async Task DeviceThatIsNotHere_IsNeverAccepted(bool isRecorded)
    {
        using var host = new TestHost();
        if (isRecorded)
        {
            (await host.Run("layout", "record", "--device", "namespace0.0")).AssertStatus(0);
        }

        File.Delete(host.Device.Path!);
        var check = await host.Run("layout", "check", "--device", "namespace0.0");
        check.AssertStatus(5);
        Assert.That(check.Output, Does.Contain($"{host.Device.Path} is not on this machine. Run this on its host.").And.Not.Contain("layout accept"));
        var accept = await host.Run("layout", "accept", "--device", "namespace0.0", "--finding", NvdimmCodes.LayoutUnreadable);
        Assert.That(accept.Status, Is.Not.Zero);
        Assert.That(accept.Error, Does.Contain("is not on this machine. Run this on its host. Nothing was accepted."));
        Assert.That(host.Ledger.Find(DeviceIdentity.Of(host.Device)).Record?.Accepted.Count ?? 0, Is.Zero);
    }

    [Test]
    public async Task Plan_KeepLayout_OfTheRecord()
    {
        using var host = new TestHost(1026);
        (await host.Run("layout", "record", "--device", "namespace0.0")).AssertStatus(0);
        (await host.Run("plan", "--device", "namespace0.0", "--strategy", "largest")).AssertStatus(3);
        var run = await host.Run("plan", "--device", "namespace0.0", "--strategy", "largest", "--keep-layout", "--json");
        run.AssertStatus(0);
        var device = run.Json["devices"]!.Single();
        Assert.That(((bool)device["kept"]!, (long)device["labelOffset"]!, (string?)device["guard"]!["keptFrom"], (string?)device["guard"]!["verdict"]), Is.EqualTo((true, TestHost.OffsetOf1026, "record", "same")));
        Assert.That((string?)device["element"], Does.Contain($">{898 << 10}</size>"));
    }

    [Test]
    public async Task Plan_KeepLayout_OfTheLabels()
    {
        using var host = new TestHost(1026, TestHost.OffsetOf1026);
        var run = await host.Run("plan", "--device", "namespace0.0", "--strategy", "largest", "--keep-layout");
        run.AssertStatus(0);
        Assert.That(run.Output, Does.Contain("last use of namespace0.0: same, allowed; the layout of the labels is kept\n"));
        Assert.That(run.Output, Does.Contain($"\nlabel\t131072\t{TestHost.OffsetOf1026}\n"));
    }

    [Test]
    public async Task Plan_KeepLayout_WithoutAny_SaysSo()
    {
        using var host = new TestHost();
        var run = await host.Run("plan", "--device", "namespace0.0", "--keep-layout");
        run.AssertStatus(0);
        Assert.That(run.Output, Does.Contain("first-use, allowed; there is no layout to keep, this one is computed\n"));
    }

    [Test]
    public async Task Plan_KeepLayout_OfTwoSetsOfLabels_IsRefused()
    {
        using var host = new TestHost(512, TestHost.Offset, TestHost.Offset + (2 * TestHost.MiB));
        var run = await host.Run("plan", "--device", "namespace0.0", "--keep-layout");
        run.AssertStatus(3);
        Assert.That(run.Output, Does.Contain("last use of namespace0.0: ambiguous, refused\n"));
    }

    [Test]
    public async Task Plan_KeepLayout_ThatDoesNotFitAnyMore_IsRefused()
    {
        using var host = new TestHost(1026);
        (await host.Run("layout", "record", "--device", "namespace0.0")).AssertStatus(0);
        host.Place(512);
        var run = await host.Run("plan", "--device", "namespace0.0", "--keep-layout");
        run.AssertStatus(3);
        Assert.That(run.Output, Does.Contain("error   NVDIMM_LAYOUT_CANNOT_BE_KEPT"));
    }

    [Test]
    public async Task Check_LayoutThatIsRefused_IsNotGood()
    {
        using var host = new TestHost(64);
        var run = await host.Run("layout", "check", "--device", "namespace0.0");
        run.AssertStatus(3);
        Assert.That(run.Output, Does.Contain("not checked: its layout is refused"));
    }

    private static TestHost HostFor(string verdict, int mebibytes, long[] labels, string options)
    {
        var host = new TestHost(Math.Max(mebibytes, 1), labels);
        host.Device = verdict switch
        {
            "unknown" => host.Device with { Path = host.PathOf("gone", "pmem0"), Size = ByteSize.FromMiB(512) },
            "resized" => host.Device with { Size = ByteSize.FromMiB(512) },
            _ => host.Device with { Align = options == Power ? Alignment.FromKiB(64) : host.Device.Align },
        };
        return host;
    }

    private static string[] Split(string options) => options.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static ToolRun Stable(ToolRun run, TestHost host) => run with
    {
        Output = System.Text.RegularExpressions.Regex.Replace(
            run.Output.Replace(host.PathOf(), "/HOST", StringComparison.Ordinal), @"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ", "2026-01-01 00:00:00Z", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)),
    };
}
