using Newtonsoft.Json.Linq;
using NSubstitute;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Cli.Tests;

/// <summary>Devices for other programs; each form is started by its program.</summary>
public sealed class MemdevCommandTests
{
    private const string Domain = "nvdimm-memdev";

    private TemporaryFolder folder = null!;
    private string path = null!;
    private string state = null!;

    [SetUp]
    public void MakeDevice()
    {
        folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0x1ED);
        path = folder.Write("device", "");
        using (var file = File.OpenWrite(path))
        {
            file.SetLength(512L << 20);
        }

        // The libvirt for tests runs as another user.
        File.SetUnixFileMode(path, (UnixFileMode)0x1B6);
        state = StateFolders.Made(folder.PathOf("state"));
    }

    [TearDown]
    public void Remove() => folder.Dispose();

    [Test]
    public async Task EveryForm_HasTheSameFigures()
    {
        var forms = (await Run("--json")).Json["devices"]!.Single();
        Assert.That((string?)forms["virtInstall"], Is.EqualTo(
            $"nvdimm,access=shared,source.path={path},source.pmem=on,target.node=0,xpath1.set=./source/alignsize,xpath1.value=131072,"
            + "xpath2.set=./target/size,xpath2.value=524288,xpath3.set=./target/label/size,xpath3.value=128"));
        Assert.That(
            (string?)forms["qemuObject"],
            Is.EqualTo($"memory-backend-file,id=memnvdimm0,mem-path={path},share=on,size=536870912,align=134217728,pmem=on"));
        Assert.That((string?)forms["qemuDevice"], Is.EqualTo("nvdimm,id=nvdimm0,memdev=memnvdimm0,label-size=131072"));
        Assert.That((string?)forms["xml"], Does.Contain("<size unit=\"KiB\">524288</size>").And.Contain($"<path>{path}</path>"));
    }

    [Test]
    public async Task People_GetEveryForm_AndOneOnDemand()
    {
        var all = await Run();
        Assert.That(all.Output, Does.StartWith("--memdev nvdimm,").And.Contain("\n-object memory-backend-file,").And.Contain("\n<memory model="));
        Assert.That((await Run("--format", "qemu")).Output, Does.StartWith("-object ").And.Not.Contain("<memory").And.Not.Contain("--memdev"));
    }

    [Test]
    public async Task GuestNode_IsInEveryForm()
    {
        var forms = (await Run("--json", "--guest-node", "1")).Json["devices"]!.Single();
        Assert.That((string?)forms["virtInstall"], Does.Contain(",target.node=1,"));
        Assert.That((string?)forms["qemuDevice"], Does.Contain(",node=1"));
        Assert.That((string?)forms["xml"], Does.Contain("<node>1</node>"));
    }

    /// <summary>What the device was used with is what is printed, whatever would be computed today.</summary>
    [Test]
    public async Task DeviceWithRecord_KeepsItsLayout()
    {
        var recorded = await ToolRun.Of("layout", "record", "--device", path, "--label-size", "256KiB", "--state-folder", state);
        recorded.AssertStatus(ExitStatus.Good);
        Assert.That((await Run("--format", "xml")).Output, Does.Contain("<size unit=\"KiB\">256</size>"));
    }

    [Test]
    public async Task DeviceThatNoVmCanHave_IsRefused_AndNothingIsPrinted()
    {
        using (var file = File.OpenWrite(path))
        {
            file.SetLength(100 << 10);
        }

        var run = await ToolRun.Of("memdev", path, "--state-folder", state);
        run.AssertStatus(ExitStatus.Refused);
        Assert.That(run.Output, Is.Empty);
    }

    [Test]
    public async Task UnknownDevice_IsNamed()
    {
        var runner = Substitute.For<INdctlRunner>();
        runner.ListAsync(Arg.Any<CancellationToken>()).Returns(Task.FromResult(new NdctlListing
        {
            Devices = [],
            Findings = [],
            Shape = NdctlListingShape.Namespaces,
            IsComplete = true,
        }));
        var run = await ToolRun.With(runner, "memdev", "namespace7.0", "--state-folder", state);
        run.AssertStatus(ExitStatus.Usage);
        Assert.That(run.Error, Does.Contain("no device is named 'namespace7.0'"));
    }

    /// <summary>virt-install takes no comma in a path, QEMU a doubled one.</summary>
    [Test]
    public async Task CommaInThePath_IsForQemuOnly()
    {
        File.Move(path, $"{path},1");
        path += ",1";
        var forms = (await Run("--json")).Json["devices"]!.Single();
        Assert.That(forms["virtInstall"]!.Type, Is.EqualTo(JTokenType.Null));
        AssertQemuStarts((string)forms["qemuObject"]!, (string)forms["qemuDevice"]!);
        (await ToolRun.Of("memdev", path, "--state-folder", state, "--format", "virt-install")).AssertStatus(ExitStatus.Refused);
    }

    [Test]
    public async Task Qemu_StartsWithItsForm()
    {
        var forms = (await Run("--json")).Json["devices"]!.Single();
        AssertQemuStarts((string)forms["qemuObject"]!, (string)forms["qemuDevice"]!);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Libvirt_StartsWithItsForm_AndWithThatOfVirtInstall(bool isVirtInstall)
    {
        RealProgram.Require("virsh", "libvirt-clients");
        RealProgram.Require("virt-install", "virtinst");
        RealProgram.Require("qemu-system-x86_64", "qemu-system-x86");
        var (status, connection, error) = RealProgram.Run(Path.Combine(TestFiles.RepositoryRoot, "build", "libvirt-for-tests.sh"));
        Assert.That(status, Is.Zero, error);
        var forms = (await Run("--json")).Json["devices"]!.Single();
        string[] device = isVirtInstall ? ["--memdev", (string)forms["virtInstall"]!] : [];
        var made = RealProgram.Run("virt-install", [
            "--connect", connection.Trim(), "--name", Domain, "--memory", "256,maxMemory=4096,maxMemory.slots=16", "--vcpus", "1", "--virt-type", "qemu",
            "--cpu", "numa.cell0.id=0,numa.cell0.cpus=0,numa.cell0.memory=262144", "--import", "--disk", "none", "--network", "none", "--graphics", "none",
            "--osinfo", "detect=off,require=off", "--print-xml", .. device,
        ]);
        Assert.That(made.ExitCode, Is.Zero, made.Error);
        var xml = isVirtInstall ? made.Output : made.Output.Replace("</devices>", $"{(string)forms["xml"]!}</devices>", StringComparison.Ordinal);
        var domain = folder.Write("domain.xml", xml);
        File.SetUnixFileMode(domain, (UnixFileMode)0x1A4);
        var created = RealProgram.Run("virsh", "-c", connection.Trim(), "create", "--paused", domain);
        Assert.That(created.ExitCode, Is.Zero, created.Error);
        try
        {
            var live = RealProgram.Run("virsh", "-c", connection.Trim(), "dumpxml", Domain).Output;
            Assert.That(live, Does.Contain("<size unit='KiB'>524288</size>").And.Contain("<size unit='KiB'>128</size>").And.Contain($"<path>{path}</path>"));
        }
        finally
        {
            RealProgram.Run("virsh", "-c", connection.Trim(), "destroy", Domain);
        }
    }

    private static void AssertQemuStarts(string backend, string device)
    {
        RealProgram.Require("qemu-system-x86_64", "qemu-system-x86");
        const string Commands = """{"execute":"qmp_capabilities"} {"execute":"query-memory-devices"} {"execute":"quit"}""";
        var (status, output, error) = RealProgram.Run("/bin/sh", "-c", """
            echo "$1" | qemu-system-x86_64 -machine q35,nvdimm=on -accel tcg -S -nodefaults -display none -qmp stdio -m 256M,slots=2,maxmem=4G -object "$2" -device "$3"
            """, "-", Commands, backend, device);
        Assert.That(status, Is.Zero, error);
        var reply = output.Split('\n').First(line => line.Contains("\"nvdimm\"", StringComparison.Ordinal));
        var size = (long)JObject.Parse(reply)["return"]![0]!["data"]!["size"]!;

        // Of 512 MiB with a label and an alignment of 128 MiB.
        Assert.That(size, Is.EqualTo(384L << 20));
    }

    private async Task<ToolRun> Run(params string[] more)
    {
        var run = await ToolRun.Of(["memdev", path, "--state-folder", state, .. more]);
        run.AssertStatus(ExitStatus.Good);
        return run;
    }
}
