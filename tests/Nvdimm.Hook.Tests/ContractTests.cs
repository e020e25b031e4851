using System.Diagnostics;
using System.Text;
using Newtonsoft.Json.Linq;
using Nvdimm.Extensions;

namespace Nvdimm.Hook.Tests;

/// <summary>VDSM and the native program.</summary>
public sealed class ContractTests
{
    private const string Start = "before_vm_start";
    private HookHost host = null!;
    private Vdsm vdsm = null!;

    [SetUp]
    public void SetUp()
    {
        NativeHook.Require();
        host = new HookHost();
        vdsm = new Vdsm(host);
        host.AddFsdax(0);
    }

    [TearDown]
    public void TearDown() => host?.Dispose();

    [Test]
    public void Start_Passes_AndIsRecorded()
    {
        vdsm.Install(Start);
        var domain = host.Domain("engine-one.xml");
        var (data, errors, statuses) = vdsm.Run(Start, domain);
        Assert.That((Encoding.UTF8.GetString(data), statuses.Single()), Is.EqualTo((domain, 0)), string.Join(' ', errors));
        Assert.That(host.Ledger.List().Records.Single().VmId, Is.EqualTo(HookHost.VmId));
    }

    [Test]
    public void Start_ThatIsRefused_StopsTheScriptsBehind()
    {
        var ran = host.Write("ran", "");
        vdsm.Install(Start, "10_before", $"#!/bin/sh\nprintf before >> {ran}\nexit 1\n");
        vdsm.Install(Start);
        vdsm.Install(Start, "90_after", $"#!/bin/sh\nprintf after >> {ran}\n");
        File.Delete(host.Device(0));
        File.Delete(Path.Combine(host.Root, "sys", "block", "pmem0"));
        var (_, errors, statuses) = vdsm.Run(Start, host.Domain("engine-one.xml"));
        Assert.That(statuses, Is.EqualTo(new[] { 1, 2 }));
        Assert.That(errors[^1], Does.Match(@"\Anvdimm-hook: before_vm_start: VM pmem-vm: [^\n]*\[NVDIMM_XML_UNMATCHED\][^\n]*\n\z"));
        Assert.That(File.ReadAllText(ran), Is.EqualTo("before"));
    }

    [Test]
    public void EditOfAnEarlierScript_IsWhatIsChecked_AndOursIsWhatALaterOneSees()
    {
        vdsm.Install(Start);
        vdsm.Run(Start, host.Domain("engine-one.xml"));
        vdsm.Install(Start, "10_edit", "#!/bin/sh\nsed -i 's/<size unit=\"KiB\">919552/<size unit=\"KiB\">788480/' \"$_hook_domxml\"\n");
        vdsm.Install(Start, "90_see", "#!/bin/sh\ngrep -q 919552 \"$_hook_domxml\" || exit 1\n");
        var (data, errors, statuses) = vdsm.Run(Start, host.Domain("engine-one.xml"));
        Assert.That(statuses, Is.EqualTo(new[] { 0, 0, 0 }), string.Join(' ', errors));
        Assert.That(Encoding.UTF8.GetString(data), Does.Contain("919552</size>").And.Not.Contain("788480"));
    }

    [Test]
    public void File_KeepsOwnerAndRights_WhenItIsReplaced()
    {
        vdsm.Install(Start);
        vdsm.Run(Start, host.Domain("engine-one.xml"));
        var rights = host.Write("rights", "");
        vdsm.Install(Start, "90_see", $"#!/bin/sh\nstat -c '%a %u' \"$_hook_domxml\" > {rights}\nls -A \"$(dirname \"$_hook_domxml\")\" | wc -l >> {rights}\n");
        if (Environment.IsPrivilegedProcess)
        {
            vdsm.Prepare = file => Assert.That(RealProgram.Run("chown", "nobody", file).ExitCode, Is.Zero);
        }

        var nobody = Environment.IsPrivilegedProcess ? "nobody" : Environment.UserName;
        var id = RealProgram.Run("id", "-u", nobody).Output.Trim();
        Assert.That(vdsm.Run(Start, host.Domain("engine-other-size.xml")).Statuses, Is.EqualTo(new[] { 0, 0 }));
        Assert.That(File.ReadAllText(rights), Is.EqualTo($"600 {id}\n1\n"), "and nothing is left beside it");
    }

    [TestCaseSource(typeof(HookPoints), nameof(HookPoints.Names))]
    public void EmptyPayload_IsNothing(string point)
    {
        vdsm.Install(point);
        var isJson = point == "after_hostdev_list_by_caps";
        var (data, errors, statuses) = vdsm.Run(point, isJson ? "{}" : null, isJson);
        Assert.That(statuses.Single(), Is.Zero, string.Join(' ', errors));
        Assert.That(data, isJson ? Is.Not.Empty : Is.Empty);
    }

    [TestCaseSource(nameof(DomainPoints))]
    public void VmWithoutNvdimms_StaysToTheByte_AndSaysNothing(string point)
    {
        vdsm.Install(point);
        host.Configure("frob");
        var domain = host.Domain("engine-without.xml");
        var (data, errors, statuses) = vdsm.Run(point, domain);
        Assert.That((Encoding.UTF8.GetString(data), errors.Count, statuses.Single()), Is.EqualTo((domain, 0, 0)));
    }

    [TestCase("before_vm_hibernate", "Cannot hibernate VM. VM has NVDIMM devices attached.")]
    [TestCase("before_vm_dehibernate", "Cannot hibernate VM. VM has NVDIMM devices attached.")]
    [TestCase("before_vm_migrate_source", "Cannot migrate VM. VM has NVDIMM devices attached.")]
    [TestCase("before_vm_migrate_destination", "Cannot migrate VM. VM has NVDIMM devices attached.")]
    public void Point_IsRefusedInTheEnginesWords(string point, string words)
    {
        vdsm.Install(point);
        var (_, errors, statuses) = vdsm.Run(point, host.Domain("engine-one.xml"));
        Assert.That(statuses.Single(), Is.EqualTo(2));
        Assert.That(errors.Single(), Does.Contain(words));
    }

    [Test]
    public void JunkInTheEnvironment_ChangesNothing()
    {
        vdsm.Install(Start);
        foreach (var (key, value) in new (string, string)[]
        {
            ("DOTNET_gcServer", "1"), ("HOME", "/nowhere"), ("TMPDIR", "/nowhere"), ("LD_PRELOAD", ""), ("TERM", "x\u001b[31m"),
            ("LANG", "\u00ff.\u00ff"), ("_hook_json", "/nowhere"), ("PATH", ""), ("nvdimm", "namespace0.0"), ("x", new string('x', 100_000)),
        })
        {
            vdsm.Custom[key] = value;
        }

        var (data, errors, statuses) = vdsm.Run(Start, host.Domain("engine-one.xml"));
        Assert.That(statuses.Single(), Is.Zero, string.Join(' ', errors));
        Assert.That(Encoding.UTF8.GetString(data), Is.EqualTo(host.Domain("engine-one.xml")));
    }

    [Test]
    public void HostileText_BecomesOneCleanLine()
    {
        vdsm.Install(Start);
        var (_, errors, statuses) = vdsm.Run(Start, "<domain><name>nvdimm\u001b[31m</name><memory model=\"nvdimm\"/></domain>\n<!-- \n");
        Assert.That(statuses.Single(), Is.EqualTo(2));
        Assert.That(errors.Single().TrimEnd('\n'), Does.Not.Contain("\n").And.Not.Contain("\u001b"));
    }

    [Test]
    public void ReadOnlyFile_IsLeftAlone_AndRefused()
    {
        vdsm.Install(Start);
        vdsm.Run(Start, host.Domain("engine-one.xml"));
        var claims = Path.Combine(host.State, "claims");
        Directory.Delete(claims, recursive: true);
        var file = host.Write("tmp/domain.xml", host.Domain("engine-other-size.xml"));
        var (status, error) = AsNobody(() => File.SetUnixFileMode(file, UnixFileMode.UserRead), file);
        Assert.That(status, Is.EqualTo(2), error);
        Assert.That(error, Does.Contain(NvdimmCodes.HookPayload).And.Contain("the old one is there"));
        Assert.That(File.ReadAllText(file), Is.EqualTo(host.Domain("engine-other-size.xml")));
        Assert.That(Directory.GetFiles(Path.Combine(host.Root, "tmp")), Has.Length.EqualTo(1));
    }

    [Test]
    public void LedgerThatMayNotBeSeen_RefusesTheStart()
    {
        vdsm.Install(Start);
        vdsm.Run(Start, host.Domain("engine-one.xml"));
        var file = host.Write("tmp/domain.xml", host.Domain("engine-one.xml"));
        var (status, error) = AsNobody(() => File.SetUnixFileMode(host.State, UnixFileMode.None), file);
        File.SetUnixFileMode(host.State, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.That(status, Is.EqualTo(2), error);
    }

    /// <summary>With hidepid the process that has a claim looks as if it was gone.</summary>
    [Test]
    public void HiddenProcesses_RefuseTheStart()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            RealProgram.Unavailable("Only root can mount /proc anew");
        }

        var script = vdsm.Install(Start);
        vdsm.Run(Start, host.Domain("engine-one.xml"));
        var file = host.Write("tmp/domain.xml", host.Domain("engine-one.xml"));
        RealProgram.Run("chown", "-R", "65534:65534", host.Root);
        RealProgram.Run("chmod", "a+x", host.Root);
        var (status, _, error) = RealProgram.Run(
            "unshare", "--mount", "sh", "-c",
            $"mount -t proc -o hidepid=2 proc /proc && exec setpriv --reuid=65534 --regid=65534 --clear-groups env vmId={HookHost.VmId} _hook_domxml='{file}' '{script}'");
        Assert.That(status, Is.EqualTo(2), error);
        Assert.That(error, Does.Contain("hidepid"));
    }

    [Test]
    public void FullDisk_LeavesTheOldText_AndIsRefused()
    {
        using var full = SmallDisk.Mount(host);
        vdsm.Install(Start);
        vdsm.Run(Start, host.Domain("engine-one.xml"));
        vdsm.Temporary = full.Path;
        vdsm.Prepare = _ => full.Fill();
        var (data, errors, statuses) = vdsm.Run(Start, host.Domain("engine-other-size.xml"));
        Assert.That(statuses.Single(), Is.EqualTo(2));
        Assert.That(errors.Single(), Does.Contain(NvdimmCodes.HookPayload).And.Contain("the old one is there"));
        Assert.That(Encoding.UTF8.GetString(data), Is.EqualTo(host.Domain("engine-other-size.xml")));
    }

    /// <summary>In a folder that everybody may write to, others could take every name that can be foreseen.</summary>
    [Test]
    public void NamesThatOthersHaveTaken_KeepNoTextFromBeingReplaced()
    {
        vdsm.Install(Start);
        vdsm.Run(Start, host.Domain("engine-one.xml"));
        vdsm.Prepare = file =>
        {
            for (var process = 1; process < 4000; process++)
            {
                File.WriteAllText($"{file}.nvdimm-{Environment.ProcessId + process}", "");
            }
        };
        var (data, errors, statuses) = vdsm.Run(Start, host.Domain("engine-other-size.xml"));
        Assert.That(statuses, Is.EqualTo(new[] { 0 }), string.Join(' ', errors));
        Assert.That(Encoding.UTF8.GetString(data), Does.Contain(">919552<"));
        Assert.That(Directory.GetFiles(vdsm.Temporary), Has.Length.EqualTo(3999), "and nothing else is left");
    }

    /// <summary>Killed with the whole new text written: it has no name yet.</summary>
    [Test]
    public void KilledBeforeTheNewTextHasAName_LeavesNothing()
    {
        RealProgram.Require("strace", "strace");
        var script = vdsm.Install(Start);
        vdsm.Run(Start, host.Domain("engine-one.xml"));
        var file = Path.Combine(vdsm.Temporary, "domain");
        var old = host.Domain("engine-other-size.xml");
        File.WriteAllText(file, old);
        var start = vdsm.StartInfo("/usr/bin/env", file, isJson: false);
        Array.ForEach<string>(["strace", "-f", "-o", "/dev/null", "-e", "inject=linkat:signal=KILL:when=1", script], start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Not.Zero, error);
        Assert.That((Directory.GetFiles(vdsm.Temporary), File.ReadAllText(file)), Is.EqualTo((new[] { file }, old)));
    }

    [Test]
    public void KilledAnywhere_LeavesTheOldOrTheNewText()
    {
        var script = vdsm.Install(Start);
        vdsm.Run(Start, host.Domain("engine-one.xml"));
        var old = host.Domain("engine-other-size.xml");
        var recent = Encoding.UTF8.GetString(vdsm.Run(Start, old).Data);
        Assert.That(recent, Is.Not.EqualTo(old));
        for (var round = 0; round < 40; round++)
        {
            var file = host.Write("tmp/killed", old);
            using var process = Process.Start(vdsm.StartInfo(script, file, isJson: false))!;
            Thread.Sleep(round % 20);
            process.Kill();
            process.WaitForExit();
            Assert.That(File.ReadAllText(file), Is.EqualTo(old).Or.EqualTo(recent));
        }
    }

    [Test]
    public void FiftyAtOnce_OneGetsTheDevice()
    {
        vdsm.Install(Start);
        var statuses = new int[50];
        Parallel.For(0, statuses.Length, new ParallelOptions { MaxDegreeOfParallelism = 50 }, number =>
        {
            var file = host.Write($"tmp/vm{number}", host.Domain("engine-one.xml"));
            var start = vdsm.StartInfo(Path.Combine(vdsm.Hooks, Start, "50_nvdimm"), file, isJson: false);
            start.Environment["vmId"] = $"00000000-0000-0000-0000-{number:D12}";
            using var process = Process.Start(start)!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            statuses[number] = process.ExitCode;
        });
        Assert.That(statuses.Count(status => status == 0), Is.EqualTo(1));
        Assert.That(statuses.Count(status => status == 2), Is.EqualTo(49));
    }

    [Test]
    public void Report_OfARealHost_ComesBackAsJson_WithEveryOtherDeviceToTheByte()
    {
        vdsm.Install("after_hostdev_list_by_caps");
        const string Other = "\"pci_0000_00_1f_0\": {\"params\": {\"capability\": \"pci\", \"vendor\": \"\\ud800 \\u00e9\", \"x\": 1e400, \"y\": [1.50]}}";
        var (data, errors, statuses) = vdsm.Run("after_hostdev_list_by_caps", $"{{{Other}}}", isJson: true);
        Assert.That(statuses.Single(), Is.Zero, string.Join(' ', errors));
        var text = Encoding.UTF8.GetString(data);
        Assert.That(text, Does.StartWith($"{{{Other}, \"namespace0.0\":"));
        var parameters = JObject.Parse(text[text.IndexOf("{\"capability\":\"nvdimm\"", StringComparison.Ordinal)..^2]);
        Assert.That((string?)parameters["device_path"], Is.EqualTo(host.Device(0)));
    }

    [Test]
    public void Binary_IsSmall() => Assert.That(new FileInfo(NativeHook.Require()).Length, Is.LessThanOrEqualTo(10 << 20));

    private static IEnumerable<string> DomainPoints => HookPoints.Names.Where(point => point != "after_hostdev_list_by_caps");

    /// <summary>Runs the hook as a user to whom everything of the host belongs, so that rights count: for root they do not.</summary>
    private (int Status, string Error) AsNobody(Action forbid, string file)
    {
        if (Environment.IsPrivilegedProcess)
        {
            RealProgram.Run("chown", "-R", "65534:65534", host.Root);
        }

        forbid();
        string[] command = ["env", $"vmId={HookHost.VmId}", $"_hook_domxml={file}", Path.Combine(vdsm.Hooks, Start, "50_nvdimm")];
        var (status, _, error) = Environment.IsPrivilegedProcess
            ? RealProgram.Run("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", .. command])
            : RealProgram.Run(command[0], command[1..]);
        return (status, error);
    }
}
