using Newtonsoft.Json.Linq;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Conformance;
using Nvdimm.Extensions.Host.Fingerprints;
using Nvdimm.Extensions.Host.HotPlug;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;
using static Nvdimm.Cli.Tests.VerifyRun;

namespace Nvdimm.Cli.Tests;

public sealed class VerifyCommandTests
{
    private static readonly ConformanceReport Drifted = Good with
    {
        Scope = ConformanceScope.QemuAlone,
        Mismatches =
        [
            new ConformanceMismatch
            {
                Sized = NvdimmSizer.Size(new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromGiB(1)) { Align = Alignment.FromMiB(2) }),
                Step = ConformanceStep.GuestSize,
                Predicted = ByteSize.FromMiB(896),
                Seen = null,
                Refusal = "too small",
                Command = "qemu-system-x86_64 -S",
            },
        ],
    };

    private static readonly MemoryHotPlugRequest Plugged = new()
    {
        Architecture = GuestArchitecture.X86_64,
        Ram = ByteSize.FromMiB(512),
        MaxMemory = ByteSize.FromGiB(4),
        DimmSize = ByteSize.FromMiB(128),
        Nvdimms = [NvdimmSizer.Size(new SizingRequest(GuestArchitecture.X86_64, ByteSize.FromMiB(512)) { Align = Alignment.FromKiB(4) }).Layout!],
    };

    private static readonly HotPlugResult GoodPlug = new()
    {
        Request = Plugged,
        Predicted = MemoryHotPlug.Plan(Plugged),
        Seen = MemoryHotPlug.Plan(Plugged).Automatic,
        Mismatches = [],
    };

    private static readonly HotPlugResult BadPlug = GoodPlug with
    {
        Seen = null,
        Mismatches =
        [
            new HotPlugMismatch
            {
                Step = HotPlugStep.Automatic,
                Predicted = new PlacedMemoryDevice(GoodPlug.Predicted.Automatic!.Value, 0),
                Seen = null,
                Refusal = "no free slots",
                Command = "qemu -S | plug",
            },
            new HotPlugMismatch
            {
                Step = HotPlugStep.Nvdimm,
                Predicted = null,
                Seen = new PlacedMemoryDevice(GoodPlug.Predicted.Nvdimms[0], 1),
                Refusal = null,
                Command = "qemu -S",
            },
        ],
    };

    [Test]
    public async Task Verify_HotPlug_IsATable()
    {
        var run = await With(Good with { HotPlugs = [GoodPlug] }, "verify");
        run.AssertStatus(0);
        run.AssertGolden("verify-hot-plug.txt");
    }

    [Test]
    public async Task Verify_HotPlugMismatch_IsDrift()
    {
        var run = await With(Good with { HotPlugs = [GoodPlug, BadPlug] }, "verify");
        run.AssertStatus(6);
        run.AssertGolden("verify-hot-plug-drift.txt");
    }

    /// <summary>What a person sees at several widths: a check that is good, and one that has all that may be wrong.</summary>
    [TestCase(false, "verify-conforms")]
    [TestCase(true, "verify-drift")]
    public Task Verify_InATerminal(bool isDrift, string golden) => TerminalGolden.AssertMatches(
        golden, width => InTerminal(width, isDrift ? Drifted with { HotPlugs = [GoodPlug, BadPlug] } : Good with { HotPlugs = [GoodPlug] }));

    [Test]
    public async Task Verify_HotPlugJson_HasStableNames()
    {
        var run = await With(Good with { HotPlugs = [GoodPlug, BadPlug] }, "verify", "--json");
        run.AssertStatus(6);
        Assert.That(((bool)run.Json["conforms"]!, (int)run.Json["cases"]!), Is.EqualTo((false, 17)));
        var plug = (JObject)run.Json["hotPlugs"]![1]!;
        Assert.That(plug.Properties().Select(property => property.Name), Is.EqualTo(new[]
        {
            "architecture", "memory", "maxMemory", "memoryBlock", "nvdimmSizes", "dimmSize", "predicted", "seen", "comesOnline", "advisedAddress", "mismatches",
        }));
        Assert.That(((string?)plug["predicted"], (string?)plug["seen"], (string?)plug["advisedAddress"]), Is.EqualTo(("0x118200000", (string?)null, "0x120000000")));
        var mismatch = plug["mismatches"]![0]!;
        Assert.That(((string?)mismatch["step"], (string?)mismatch["refusal"], (string?)mismatch["command"]), Is.EqualTo(("automatic", "no free slots", "qemu -S | plug")));
        Assert.That(((string?)mismatch["predicted"]!["address"], (int)mismatch["predicted"]!["slot"]!, mismatch["seen"]!.Type), Is.EqualTo(("0x118200000", 1, JTokenType.Null)));
        Assert.That((int)plug["mismatches"]![1]!["seen"]!["node"]!, Is.EqualTo(1));
    }

    [Test]
    public async Task Verify_AddressLimits_AreATableAndJson()
    {
        var limit = new AddressLimitResult
        {
            Architecture = GuestArchitecture.X86_64,
            Machine = "q35",
            Cpu = "Nehalem",
            Ram = ByteSize.FromMiB(512),
            Slots = 16,
            MaxMemory = ByteSize.FromGiB(972),
            IsRefusalPredicted = false,
            Refusal = null,
            Command = "qemu -S",
        };
        var refused = limit with { MaxMemory = ByteSize.FromGiB(973), IsRefusalPredicted = true, Refusal = "phys-bits too low (40)" };
        var good = await With(Good with { AddressLimits = [limit, refused] }, "verify");
        good.AssertStatus(0);
        Assert.That(good.Output, Does.Contain("ADDRESS LIMIT\tMACHINE\tCPU\tRAM\tSLOTS\tSTARTS UP TO\tREFUSED FROM\tMISMATCHES"));
        Assert.That(good.Output, Does.Contain("x86_64\tq35\tNehalem\t536870912\t16\t1043677052928\t1044750794752\t0"));

        ConformanceReport drifted = Good with { AddressLimits = [limit, refused with { IsRefusalPredicted = false }] };
        var bad = await With(drifted, "verify");
        bad.AssertStatus(6);
        Assert.That(bad.Output, Does.Contain("predicted a start, seen phys-bits too low (40)").And.Contain("qemu -S").And.Contain("QEMU decides by itself"));
        var json = (await With(drifted, "verify", "--json")).Json["addressLimits"]![1]!;
        Assert.That(((JObject)json).Properties().Select(property => property.Name), Is.EqualTo(new[]
        {
            "architecture", "machine", "cpu", "memory", "slots", "maxMemory", "refusalPredicted", "refusal", "asPredicted", "command",
        }));
        Assert.That((bool)json["asPredicted"]!, Is.False);
    }

    [Test]
    public async Task Verify_HotPlugMismatch_IsRecordedAsDrift()
    {
        using var folder = new TemporaryFolder();
        (await With(Good with { HotPlugs = [GoodPlug, BadPlug] }, "verify", "--record", "--state-folder", StateFolders.Made(folder.Path))).AssertStatus(6);
        var recorded = new FingerprintStore(folder.Path).Check(GuestArchitecture.X86_64).Fingerprint!;
        Assert.That((recorded.Cases, recorded.Mismatches), Is.EqualTo((17, 1)));
    }

    [Test]
    public async Task Verify_Conforms_IsGood()
    {
        var run = await With(Good, "verify");
        run.AssertStatus(0);
        run.AssertGolden("verify-conforms.txt");
    }

    [Test]
    public async Task Verify_Drift_NamesEveryMismatchAndItsCommand()
    {
        var run = await With(Drifted, "verify");
        run.AssertStatus(6);
        run.AssertGolden("verify-drift.txt");
    }

    [Test]
    public async Task Verify_Json_HasStableNames()
    {
        var run = await With(Drifted, "verify", "--json");
        run.AssertStatus(6);
        Assert.That(run.Json.Properties().Select(property => property.Name), Is.EqualTo(["conforms", "complete", "scope", "programs", "notInstalled", "seed", "cases", "groups", "mismatches", "unprobed", "devices", "hotPlugs", "addressLimits", "ndctl", "recorded", "kept"]));
        Assert.That(((bool)run.Json["conforms"]!, (string?)run.Json["scope"], (int)run.Json["cases"]!), Is.EqualTo((false, "qemu-alone", 15)));
        var mismatch = run.Json["mismatches"]!.Single();
        Assert.That(((string?)mismatch["step"], (long?)mismatch["predicted"], (long?)mismatch["seen"], (string?)mismatch["refusal"]), Is.EqualTo(("guest-size", 939524096L, (long?)null, "too small")));
        Assert.That((string?)mismatch["command"], Is.EqualTo("qemu-system-x86_64 -S"));
        Assert.That(((int)run.Json["groups"]![0]!["notProbed"]!, (long?)run.Json["groups"]![1]!["align"]), Is.EqualTo((1, (long?)null)));
    }

    [Test]
    public async Task Verify_Options_ReachTheCheck()
    {
        ConformanceOptions? asked = null;
        var run = await With(options => Capture(options, out asked), "verify", "--arch", "ppc64le", "--samples", "5", "--seed", "9", "--strategy", "largest", "--connect", "qemu:///system", "--qemu", "/opt/qemu");
        run.AssertStatus(0);
        Assert.That(asked!.Architectures, Is.EqualTo([GuestArchitecture.Ppc64Le]));
        Assert.That((asked.Samples, asked.Seed, asked.Programs.Connection, asked.Programs.Qemus[0]), Is.EqualTo((5, 9, "qemu:///system", new ChosenQemu(GuestArchitecture.Ppc64Le, "/opt/qemu"))));
        Assert.That(asked.Strategies, Is.EqualTo([SizingStrategy.Largest]));
    }

    [Test]
    public async Task Verify_WithoutOptions_ChecksTheInstalledArchitecturesAndBothStrategies()
    {
        ConformanceOptions? asked = null;
        (await With(options => Capture(options, out asked), "verify")).AssertStatus(0);
        Assert.That(asked, Is.EqualTo(new ConformanceOptions()));
    }

    [TestCase("verify", "--arch", "s390x")]
    [TestCase("verify", "--arch", "")]
    [TestCase("verify", "--seed", "x")]
    [TestCase("verify", "--qemu", "/opt/qemu")]
    [TestCase("verify", "--qemu", "/opt/qemu", "--arch", "x86_64", "ppc64")]
    [TestCase("verify", "--samples", "-1")]
    [TestCase("verify", "--samples", "many")]
    public async Task Verify_WrongCommandLine_IsUsage(params string[] arguments) => (await With(Good, arguments)).AssertStatus(2);

    [Test]
    public async Task Verify_Record_KeepsTheOutcome()
    {
        using var folder = new TemporaryFolder();
        var run = await With(Good, "verify", "--record", "--state-folder", StateFolders.Made(folder.Path));
        run.AssertStatus(0);
        Assert.That(run.Output, Does.Contain($"recorded in {new FingerprintStore(folder.Path).Path}"));
        Assert.That(new FingerprintStore(folder.Path).Check(GuestArchitecture.X86_64).Fingerprint?.Cases, Is.EqualTo(15));
    }

    [Test]
    public async Task Verify_RecordWithoutStateFolder_SaysWhatToRunFirst()
    {
        using var folder = new TemporaryFolder();
        var state = folder.PathOf("state");
        var run = await With(Good, "verify", "--record", "--state-folder", state);
        run.AssertStatus(5);
        Assert.That(
            run.Error,
            Does.StartWith($"nvdimm: not recorded: There is no state folder {state}: ").And.Contain($"'nvdimm layout adopt --state-folder {state}'"));
        Assert.That(Directory.Exists(state), Is.False);
    }

    /// <summary>The report is there all the same, and drift stays drift.</summary>
    [TestCase(false, 5, "17 cases: the installed programs do what is predicted.")]
    [TestCase(true, 6, "mismatch: x86_64")]
    public async Task Verify_RecordThatCannotBeWritten_LosesNothing(bool isDrift, int status, string line)
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["verify", "--record", "--state-folder", folder.Write("file", "")];
        var report = (isDrift ? Drifted : Good) with { HotPlugs = [GoodPlug, GoodPlug] };
        var run = await With(report, arguments);
        run.AssertStatus(status);
        Assert.That(run.Error, Does.Contain("nvdimm: not recorded: ").And.Contain(folder.PathOf("file")));
        Assert.That(run.Output, Does.Contain(line).And.Not.Contain("recorded in"));

        run = await With(report, [.. arguments, "--json"]);
        run.AssertStatus(status);
        Assert.That(((bool)run.Json["conforms"]!, (string?)run.Json["recorded"]), Is.EqualTo((!isDrift, (string?)null)));
    }

    [Test]
    public async Task Verify_RecordThatCoversLess_KeepsAndNamesTheOther()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["verify", "--record", "--state-folder", StateFolders.Made(folder.Path)];
        var wide = Good with { Binaries = BinaryIdentity.OfHypervisor(Good.Programs) };
        (await With(wide, arguments)).AssertStatus(0);
        var narrow = wide with { Scope = ConformanceScope.QemuAlone, Programs = [Good.Programs[1]] };
        var run = await With(narrow, arguments);
        run.AssertStatus(0);
        var path = new FingerprintStore(folder.Path).Path;
        Assert.That(run.Output, Does.Contain($"not recorded: {path} keeps").And.Contain("(libvirt-and-qemu; libvirt, qemu x86_64; 15 cases, 0 mismatches)"));

        var json = (await With(narrow, [.. arguments, "--json"])).Json;
        Assert.That(((string?)json["recorded"], (string?)json["kept"]!["scope"], (int)json["kept"]!["cases"]!), Is.EqualTo(((string?)null, "libvirt-and-qemu", 15)));
        Assert.That(json["kept"]!["programs"]!.Values<string>(), Is.EqualTo(["libvirt", "qemu x86_64"]));
        json = (await With(wide, [.. arguments, "--json"])).Json;
        Assert.That(((string?)json["recorded"], json["kept"]!.Type), Is.EqualTo((path, JTokenType.Null)));
    }

    /// <summary>A case that could not be probed ends nothing, is named, and verifies nothing.</summary>
    [Test]
    public async Task Verify_CaseThatTookTooLong_HasItsOwnStatusAndIsRecordedAsNotVerified()
    {
        using var folder = new TemporaryFolder();
        StateFolders.Made(folder.Path);
        var power = new ProbedProgram("qemu ppc64", "7.2.22", "/bin/true");
        var report = Good with
        {
            Programs = [.. Good.Programs, power],
            Binaries = BinaryIdentity.OfHypervisor([.. Good.Programs, power]),
            Groups = [.. Good.Groups, new ConformanceGroup
            {
                Architecture = GuestArchitecture.Ppc64,
                Align = Alignment.FromMiB(2),
                Cases = 2,
                Conforming = 1,
                AlignOnly = 0,
                NotProbed = 0,
                Mismatches = 0,
                TimedOut = 1,
            }],
            Unprobed = [new UnprobedCase(GuestArchitecture.Ppc64, ByteSize.FromGiB(126), Alignment.FromMiB(2))],
        };
        var run = await With(report, "verify", "--record", "--state-folder", folder.Path);
        run.AssertStatus(ExitStatus.Incomplete);
        Assert.That(run.Output, Does.Contain("could not be probed: ppc64, device 135291469824, align 2097152").And.Contain("16 of 17 cases").And.Contain("guests of ppc64 are not verified"));
        var store = new FingerprintStore(folder.Path);
        var result = store.Check(GuestArchitecture.Ppc64Le);
        Assert.That((result.State, result.Fingerprint!.Cases), Is.EqualTo((FingerprintState.NotCovered, 16)));
        Assert.That(result.Reason, Does.Contain("126 GiB for ppc64 guests could not be probed"));

        var json = (await With(report, "verify", "--json")).Json;
        Assert.That(((bool)json["conforms"]!, (bool)json["complete"]!, (long)json["unprobed"]![0]!["deviceSize"]!), Is.EqualTo((true, false, 135291469824L)));
    }

    [Test]
    public async Task Verify_Piped_SaysWhatAndHowLong_ThenALineForEachTenth()
    {
        var run = await With((_, progress, _) =>
        {
            progress.Report(new ConformanceProgress(0, 1010, 0) { Programs = [.. Good.Programs, new ProbedProgram("qemu ppc64", "7.2.22", "q")] });
            foreach (var done in Enumerable.Range(1, 1010))
            {
                progress.Report(new ConformanceProgress(done, 1010, done >= 900 ? 1 : 0));
            }

            return Task.FromResult(Good);
        });
        run.AssertStatus(0);
        Assert.That(run.Error.Split('\n'), Is.EqualTo(new[]
        {
            "Checking libvirt 9.0.0 and QEMU 7.2.22 for x86_64 and ppc64: 1010 cases, about 2 minutes.",
            "  101 of 1010 cases, 0 differ", "  202 of 1010 cases, 0 differ", "  303 of 1010 cases, 0 differ", "  404 of 1010 cases, 0 differ",
            "  505 of 1010 cases, 0 differ", "  606 of 1010 cases, 0 differ", "  707 of 1010 cases, 0 differ", "  808 of 1010 cases, 0 differ",
            "  909 of 1010 cases, 1 differ", "  1010 of 1010 cases, 1 differ", "",
        }));
    }

    [Test]
    public async Task Verify_Stopped_RecordsNothingAndSaysSo()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var run = await With(
            async (_, progress, token) =>
            {
                progress.Report(new ConformanceProgress(1, 100, 0));
                await stop.CancelAsync();
                token.ThrowIfCancellationRequested();
                return Good;
            },
            stop.Token,
            "--record",
            "--state-folder",
            folder.Path);
        Assert.That((run.Status, run.Output, run.Error), Is.EqualTo((ExitStatus.Interrupted, "", "Stopped. Nothing was recorded.\n")));
        Assert.That(Directory.EnumerateFileSystemEntries(folder.Path), Is.Empty);
    }

    [Test]
    public async Task Verify_ArchitectureWithoutQemu_IsNamed()
    {
        var report = Good with { NotInstalled = [GuestArchitecture.Ppc64] };
        var run = await With(report, "verify");
        run.AssertStatus(0);
        Assert.That(run.Output, Does.Contain("No QEMU for ppc64 guests is installed: not checked."));
        Assert.That((await With(report, "verify", "--json")).Json["notInstalled"]!.Values<string>(), Is.EqualTo(["ppc64"]));
    }

    [Test]
    public async Task Verify_MissingProgram_CouldNotBeProbed()
    {
        var run = await ToolRun.Of("verify", "--arch", "x86_64", "--qemu", "/nonexistent/qemu", "--samples", "0");
        run.AssertStatus(5);
        Assert.That(run.Error, Does.Contain("/nonexistent/qemu"));
        Assert.That(run.Output, Is.Empty);
    }

    [Test]
    public async Task Verify_RealQemu_Conforms()
    {
        RealProgram.Require("qemu-system-x86_64", "qemu-system-x86");
        var run = await ToolRun.Of("verify", "--arch", "x86_64", "--samples", "2", "--strategy", "ovirt", "--json");
        run.AssertStatus(0);
        Assert.That((string?)run.Json["programs"]!.Single()["name"], Is.EqualTo("qemu x86_64"));
        Assert.That((int)run.Json["cases"]!, Is.GreaterThan(2));
    }

    private static Task<ConformanceReport> Capture(ConformanceOptions options, out ConformanceOptions? asked)
    {
        asked = options;
        return Task.FromResult(Good);
    }
}
