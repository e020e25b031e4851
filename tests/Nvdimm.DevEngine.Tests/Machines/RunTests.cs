using System.Xml.Linq;

namespace Nvdimm.DevEngine.Tests.Machines;

/// <summary>VMs that really run: in the libvirt and QEMU of this machine, with a file that stands for an NVDIMM.</summary>
[NonParallelizable]
public sealed class RunTests
{
    private const long MiB = 1 << 20;

    private static readonly string Vm = RunningEngine.IdOf("vm-here");

    private string connection = "";
    private RunningEngine engine = null!;

    [SetUp]
    public async Task StartEngineAsync()
    {
        RealProgram.Require("virsh", "libvirt-clients");
        RealProgram.RequireFile("/usr/sbin/libvirtd", "libvirt-daemon-system");
        RealProgram.Require("qemu-system-x86_64", "qemu-system-x86");
        var (status, output, error) = RealProgram.Run(Path.Combine(TestFiles.RepositoryRoot, "build", "libvirt-for-tests.sh"));
        Assert.That(status, Is.Zero, error);
        connection = output.Trim();
        engine = await StartAsync();
    }

    [TearDown]
    public async Task StopEngineAsync()
    {
        if (engine is not null)
        {
            await engine.SendAsync(HttpMethod.Post, $"vms/{Vm}/stop");
            await engine.DisposeAsync();
        }
    }

    [Test]
    public async Task Vm_WithNvdimm_StartsAndStops()
    {
        var (attached, why, _) = await engine.AttachAsync("vm-here", "pmem-a");
        Assert.That(attached, Is.EqualTo(201), why.ToString());

        var (started, action, _) = await engine.SendAsync(HttpMethod.Post, $"vms/{Vm}/start", "<action><pause>true</pause></action>");
        Assert.That((started, action.Element("status")?.Value), Is.EqualTo((200, "complete")), action.ToString());
        var vm = await engine.GetXmlAsync($"vms/{Vm}?follow=host");
        Assert.That((vm.Element("status")?.Value, vm.Element("host")?.Element("name")?.Value), Is.EqualTo(("paused", "this-machine")));
        Assert.That((await engine.GetXmlAsync($"jobs/{action.Element("job")?.Attribute("id")?.Value}")).Element("status")?.Value, Is.EqualTo("finished"));

        var memory = Domain().Element("devices")!.Element("memory")!;
        Assert.That(memory.Attribute("model")?.Value, Is.EqualTo("nvdimm"));
        Assert.That(memory.Element("source")?.Element("path")?.Value, Is.EqualTo(engine.Folder.PathOf("pmem-a")));
        var devices = await engine.GetXmlAsync($"hosts/{vm.Element("host")?.Attribute("id")?.Value}/devices");
        var used = devices.Elements("host_device").Where(device => device.Element("vm") is not null);
        Assert.That(used.Select(device => (device.Element("name")?.Value, device.Element("vm")?.Attribute("id")?.Value)), Is.EqualTo(new[] { ("pmem-a", Vm) }));

        await AssertRefusedWhileItRunsAsync();

        Assert.That((await engine.SendAsync(HttpMethod.Post, $"vms/{Vm}/stop")).Status, Is.EqualTo(200));
        Assert.That((await engine.GetXmlAsync($"vms/{Vm}")).Element("status")?.Value, Is.EqualTo("down"));
        Assert.That(RealProgram.Run("virsh", "-c", connection, "domstate", Vm).ExitCode, Is.Not.Zero);
    }

    [Test]
    public async Task Vm_WithoutNvdimm_IsSuspendedAndContinued()
    {
        Assert.That((await engine.SendAsync(HttpMethod.Post, $"vms/{Vm}/start")).Status, Is.EqualTo(200));
        Directory.CreateDirectory(engine.Folder.PathOf("engine.db.memory"), (UnixFileMode)0b111_111_111);
        File.SetUnixFileMode(engine.Folder.PathOf("engine.db.memory"), (UnixFileMode)0b111_111_111);
        var (status, body, _) = await engine.SendAsync(HttpMethod.Post, $"vms/{Vm}/suspend");
        Assert.That(status, Is.EqualTo(200), body.ToString());
        Assert.That((await engine.GetXmlAsync($"vms/{Vm}")).Element("status")?.Value, Is.EqualTo("suspended"));
        Assert.That((await engine.SendAsync(HttpMethod.Post, $"vms/{Vm}/start")).Status, Is.EqualTo(200));
        Assert.That((await engine.GetXmlAsync($"vms/{Vm}")).Element("status")?.Value, Is.EqualTo("up"));
    }

    [Test]
    public async Task Vm_WhoseDeviceIsGone_DoesNotStart()
    {
        await engine.AttachAsync("vm-here", "pmem-b");
        File.Delete(engine.Folder.PathOf("pmem-b"));
        var (status, body, _) = await engine.SendAsync(HttpMethod.Post, $"vms/{Vm}/start");
        Assert.That(status, Is.AnyOf(400, 409), body.ToString());
        Assert.That((await engine.GetXmlAsync($"vms/{Vm}")).Element("status")?.Value, Is.EqualTo("down"));
    }

    [Test]
    public async Task Vm_ThatRunsInSpiteOfAFailure_KeepsItsDevices()
    {
        await engine.DisposeAsync();
        engine = await StartAsync("""
            virsh "$@"
            status=$?
            case "$*" in *" create "*) echo "late" >&2; exit 1;; esac
            exit $status
            """);
        await engine.AttachAsync("vm-here", "pmem-a");
        var (status, body, _) = await engine.SendAsync(HttpMethod.Post, $"vms/{Vm}/start", "<action><pause>true</pause></action>");
        Assert.That((status, body.Element("fault")?.Element("detail")?.Value), Is.EqualTo((500, "[Failed to run VM vm-here. late]")));
        Assert.That((await engine.GetXmlAsync($"vms/{Vm}")).Element("status")?.Value, Is.EqualTo("up"), "libvirt runs it");
        Assert.That((await engine.SendAsync(HttpMethod.Post, $"vms/{Vm}/stop")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Vm_OfACapture_DoesNotStart()
    {
        var (status, body, _) = await engine.SendAsync(HttpMethod.Post, $"vms/{RunningEngine.IdOf("vm2")}/start");
        Assert.That((status, body.Element("fault")?.Element("detail")?.Value), Is.EqualTo((409, "[Cannot run VM. The devices of host1 are captures; nothing runs there.]")));
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task Vm_ThatEndsByItself_IsDown(CancellationToken cancellationToken)
    {
        Assert.That((await engine.SendAsync(HttpMethod.Post, $"vms/{Vm}/start", "<action><pause>true</pause></action>")).Status, Is.EqualTo(200));
        Assert.That(RealProgram.Run("virsh", "-c", connection, "destroy", Vm).ExitCode, Is.Zero);
        while ((await engine.GetXmlAsync($"vms/{Vm}")).Element("status")?.Value != "down")
        {
            await Task.Delay(100, cancellationToken);
        }
    }

    private Task<RunningEngine> StartAsync(string? virsh = null) => RunningEngine.StartAsync((options, folder) =>
    {
        // The daemon's QEMU is another user.
        const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;
        File.SetUnixFileMode(folder.Path, Everybody);
        var files = new[] { "pmem-a", "pmem-b" }.Select(name => folder.PathOf(name)).ToArray();
        foreach (var file in files)
        {
            using (var device = File.Create(file))
            {
                device.SetLength(512 * MiB);
            }

            File.SetUnixFileMode(file, Everybody);
        }

        return options with { Libvirt = connection, DeviceFiles = files, Virsh = virsh is null ? options.Virsh : folder.WriteScript("virsh", virsh) };
    });

    private async Task AssertRefusedWhileItRunsAsync()
    {
        Assert.That((await engine.AttachAsync("vm-here", "pmem-b")).Body.Element("detail")?.Value, Does.Contain("NVDIMM hot plug is not supported"));
        Assert.That((await engine.SendAsync(HttpMethod.Put, $"vms/{Vm}", "<vm><memory>536870912</memory></vm>")).Status, Is.EqualTo(409));
        var (status, body, _) = await engine.SendAsync(HttpMethod.Post, $"vms/{Vm}/suspend");
        Assert.That((status, body.Element("fault")?.Element("detail")?.Value), Is.EqualTo((409, "[Cannot hibernate VM. VM has NVDIMM devices attached.]")));
        Assert.That((await engine.SendAsync(HttpMethod.Delete, $"vms/{Vm}")).Status, Is.EqualTo(409));
    }

    private XElement Domain()
    {
        var (status, output, error) = RealProgram.Run("virsh", "-c", connection, "dumpxml", Vm);
        Assert.That(status, Is.Zero, error);
        return XElement.Parse(output);
    }
}
