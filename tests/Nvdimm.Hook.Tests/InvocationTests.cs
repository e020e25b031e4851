namespace Nvdimm.Hook.Tests;

public sealed class InvocationTests
{
    [TestCase("/usr/libexec/vdsm/hooks/before_vm_start/50_nvdimm", "before_vm_start", "/")]
    [TestCase("/usr/libexec/vdsm/hooks/after_hostdev_list_by_caps/50_nvdimm", "after_hostdev_list_by_caps", "/")]
    [TestCase("/image/usr/libexec/vdsm/hooks/after_vm_destroy/50_nvdimm", "after_vm_destroy", "/image")]
    [TestCase("/opt/50_before_vm_hibernate", "before_vm_hibernate", "/")]
    [TestCase("/opt/before_memory_hotplug", "before_memory_hotplug", "/")]
    [TestCase("/usr/libexec/vdsm/hooks/before_vm_pause/50_nvdimm", null, "/")]
    [TestCase("/usr/bin/nvdimm-hook", null, "/")]
    [TestCase("50_before_vm_hibernate", "before_vm_hibernate", "/")]
    [TestCase("", null, "/")]
    public void Point_IsTheFolderOrTheName(string program, string? point, string root)
    {
        var invocation = Invocation.Of(program, []);
        Assert.That((invocation.Point, invocation.Root), Is.EqualTo((point, root)));
    }

    /// <summary>A domain can be called like an option, and a later libvirt can give more arguments.</summary>
    [TestCase("/etc/libvirt/hooks/qemu.d/50-nvdimm", "/", "vm", "prepare", "begin", "-")]
    [TestCase("/etc/libvirt/hooks/qemu", "/", "--help", "release", "end", "from snapshot")]
    [TestCase("/image/etc/libvirt/hooks/qemu.d/50-nvdimm", "/image", "before_vm_start", "started", "begin", "-", "more")]
    public void ArgumentsOfLibvirt_AreItsOwn(string program, string root, params string[] arguments)
    {
        var invocation = Invocation.Of(program, arguments);
        Assert.That((invocation.Point, invocation.Root), Is.EqualTo(($"{arguments[1]} {arguments[2]}", root)));
        Assert.That(invocation.Libvirt, Is.EqualTo(new LibvirtCall(arguments[0], arguments[1], arguments[2])));
        Assert.That(Usage.Answer(invocation), Is.Null);
    }

    [Test]
    public void ArgumentsOfLibvirt_ByHand()
    {
        var invocation = Invocation.Of("nvdimm-hook", ["qemu", "vm", "prepare", "begin", "-", "--simulate", "--root", "/r"]);
        Assert.That((invocation.Point, invocation.Root, invocation.Options.IsSimulation), Is.EqualTo(("prepare begin", "/r", true)));
        Assert.That(invocation.Libvirt, Is.EqualTo(new LibvirtCall("vm", "prepare", "begin")));
    }

    [TestCase("nvdimm-hook", "qemu", "vm", "prepare")]
    [TestCase("/etc/libvirt/hooks/qemu.d/50-nvdimm")]
    [TestCase("/etc/libvirt/hooks/qemu.d/50-nvdimm", "vm", "prepare")]
    public void TooFewArgumentsOfLibvirt_AreWrong(string program, params string[] arguments) =>
        Assert.That(Usage.Answer(Invocation.Of(program, arguments))!.Value.Status, Is.EqualTo(ExitStatus.Usage));

    [Test]
    public void Arguments_ByHand()
    {
        var invocation = Invocation.Of("nvdimm-hook", ["before_vm_start", "--simulate", "--config", "/c", "--root", "/r/"]);
        Assert.That(invocation.Point, Is.EqualTo("before_vm_start"));
        Assert.That(invocation.Options, Is.EqualTo(new InvocationOptions("before_vm_start", IsSimulation: true, "/c", "/r/", Wrong: null)));
    }

    [TestCase("frob")]
    [TestCase("--config")]
    [TestCase("before_vm_start", "before_vm_start")]
    [TestCase("")]
    public void Arguments_ThatAreWrong_AreNamed(params string[] arguments) =>
        Assert.That(Invocation.Of("nvdimm-hook", arguments).Options.Wrong, Is.EqualTo(arguments[^1]));

    /// <summary>An empty value is a variable of a script that was not set, and would name the current folder.</summary>
    [TestCase("--config")]
    [TestCase("--root")]
    public void OptionWithEmptyValue_IsWrong(string option) =>
        Assert.That(Invocation.Of("nvdimm-hook", ["before_vm_start", option, ""]).Options.Wrong, Is.EqualTo(option));

    [TestCase("--help")]
    [TestCase("-h")]
    [TestCase("before_vm_start", "--help")]
    public void Help_IsGoodAndNamesEveryPoint(params string[] arguments)
    {
        var (text, status, isError) = Usage.Answer(Invocation.Of("nvdimm-hook", arguments))!.Value;
        Assert.That((status, isError), Is.EqualTo((ExitStatus.Good, false)));
        foreach (var point in HookPoints.Names)
        {
            Assert.That(text, Does.Contain($"  {point}\n"));
        }

        Assert.That(text.Split('\n'), Has.All.Length.LessThanOrEqualTo(110));
    }

    [Test]
    public void Version_IsOneLine() => Assert.That(
        Usage.Answer(Invocation.Of("/usr/libexec/vdsm/hooks/before_vm_start/50_nvdimm", ["--version"]))!.Value.Text, Does.Match(@"\Anvdimm-hook \d+\.\d+\.\d+\S*\z"));

    [Test]
    public void Arguments_ThatAreWrong_WinOverHelp() =>
        Assert.That(Usage.Answer(Invocation.Of("nvdimm-hook", ["--help", "frob"]))!.Value.Status, Is.EqualTo(ExitStatus.Usage));

    /// <summary>VDSM gives no argument, and its call runs the hook.</summary>
    [Test]
    public void InstalledProgram_RunsItsHook() => Assert.That(Usage.Answer(Invocation.Of("/usr/libexec/vdsm/hooks/before_vm_start/50_nvdimm", [])), Is.Null);

    [TestCase("--version", "nvdimm-hook ")]
    [TestCase("--help", "nvdimm-hook: the hooks of VDSM and libvirt")]
    public void NativeProgram_AnswersOnStandardOutput(string option, string start)
    {
        var (status, output, error) = RealProgram.Run(NativeHook.Require(), option);
        Assert.That((status, error), Is.EqualTo((ExitStatus.Good, "")));
        Assert.That(output, Does.StartWith(start));
        Assert.That(RealProgram.Run("/bin/sh", "-c", "exec \"$0\" \"$1\" >/dev/full", NativeHook.Require(), option).ExitCode, Is.EqualTo(ExitStatus.Failed));
    }

    [Test]
    public void ProgramWithoutName_WorksByItsArgument_OrIsAUsageError()
    {
        Assert.That(Invocation.Of("", ["before_vm_start"]).Point, Is.EqualTo("before_vm_start"));
        var (status, _, error) = RealProgram.Run("bash", "-c", "exec -a '' \"$0\"", NativeHook.Require());
        Assert.That(status, Is.EqualTo(ExitStatus.Usage), error);
        Assert.That(error, Does.Match(@"\Anvdimm-hook: [^\n]+ See 'nvdimm-hook --help'\.\n\z"));
    }

    [TestCase("exec -a ./nvdimm-hook \"$0\"")]
    [TestCase("\"$0\" before_vm_start --root here")]
    public void FolderThatIsGone_IsAUsageError(string command)
    {
        using var folder = new TemporaryFolder();
        var (status, _, error) = RealProgram.Run("bash", "-c", $"mkdir \"$1\" && cd \"$1\" && rmdir \"$1\" && {command}", NativeHook.Require(), folder.PathOf("gone"));
        Assert.That(status, Is.EqualTo(ExitStatus.Usage), error);
        Assert.That(error, Does.Match(@"\Anvdimm-hook: [^\n]+ See 'nvdimm-hook --help'\.\n\z"));
    }

    [Test]
    public void EveryPoint_HasItsHook()
    {
        Assert.That(HookPoints.Names, Has.Count.EqualTo(9));
        Assert.That(HookPoints.Names.Select(name => HookPoints.Of(name).GetType()), Is.Unique);
        Assert.That(HookPoints.Names.Where(name => HookPoints.Of(name).FailureStatus == ExitStatus.Refused), Has.All.StartsWith("before_"));
        Assert.That(() => HookPoints.Of("before_vm_pause"), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [TestCase(ExpectedResult = ExitStatus.Refused)]
    [TestCase("vm", "prepare", "begin", "-", ExpectedResult = ExitStatus.Refused)]
    [TestCase("reconnect", "prepare", "begin", "-", ExpectedResult = ExitStatus.Refused)]
    [TestCase("vm", "reconnect", "begin", "-", ExpectedResult = ExitStatus.Good, Description = "libvirt would kill the VM")]
    public int UnreadCommandLine_Refuses_ButNotAVmThatRuns(params string[] arguments) => Invocation.StatusWhereUnread(arguments);
}
