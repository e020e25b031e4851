namespace Nvdimm.DevEngine.Tests.Machines;

/// <summary>VMs that really run: in the libvirt and QEMU of this machine, with a file that stands for an NVDIMM.</summary>
public sealed class RunTests : MachineTests
{
    [Test]
    public async Task Vm_WithNvdimm_StartsAndStops()
    {
        var (attached, why, _) = await Engine.AttachAsync("vm-here", "pmem-a");
        Assert.That(attached, Is.EqualTo(201), why.ToString());

        var (started, action, _) = await Engine.SendAsync(HttpMethod.Post, $"vms/{Vm}/start", "<action><pause>true</pause></action>");
        Assert.That((started, action.Element("status")?.Value), Is.EqualTo((200, "complete")), action.ToString());
        var vm = await Engine.GetXmlAsync($"vms/{Vm}?follow=host");
        Assert.That((vm.Element("status")?.Value, vm.Element("host")?.Element("name")?.Value), Is.EqualTo(("paused", "this-machine")));
        Assert.That((await Engine.GetXmlAsync($"jobs/{action.Element("job")?.Attribute("id")?.Value}")).Element("status")?.Value, Is.EqualTo("finished"));

        var memory = Domain().Element("devices")!.Element("memory")!;
        Assert.That(memory.Attribute("model")?.Value, Is.EqualTo("nvdimm"));
        Assert.That(memory.Element("source")?.Element("path")?.Value, Is.EqualTo(Engine.Folder.PathOf("pmem-a")));
        var devices = await Engine.GetXmlAsync($"hosts/{vm.Element("host")?.Attribute("id")?.Value}/devices");
        var used = devices.Elements("host_device").Where(device => device.Element("vm") is not null);
        Assert.That(used.Select(device => (device.Element("name")?.Value, device.Element("vm")?.Attribute("id")?.Value)), Is.EqualTo(new[] { ("pmem-a", Vm) }));

        await AssertRefusedWhileItRunsAsync();

        Assert.That((await Engine.SendAsync(HttpMethod.Post, $"vms/{Vm}/stop")).Status, Is.EqualTo(200));
        Assert.That((await Engine.GetXmlAsync($"vms/{Vm}")).Element("status")?.Value, Is.EqualTo("down"));
        Assert.That(RealProgram.Run("virsh", "-c", Connection, "domstate", Vm).ExitCode, Is.Not.Zero);
    }

    [Test]
    public async Task Vm_WithoutNvdimm_IsSuspendedAndContinued()
    {
        Assert.That((await Engine.SendAsync(HttpMethod.Post, $"vms/{Vm}/start")).Status, Is.EqualTo(200));
        Directory.CreateDirectory(Engine.Folder.PathOf("engine.db.memory"), (UnixFileMode)0b111_111_111);
        File.SetUnixFileMode(Engine.Folder.PathOf("engine.db.memory"), (UnixFileMode)0b111_111_111);
        var (status, body, _) = await Engine.SendAsync(HttpMethod.Post, $"vms/{Vm}/suspend");
        Assert.That(status, Is.EqualTo(200), body.ToString());
        Assert.That((await Engine.GetXmlAsync($"vms/{Vm}")).Element("status")?.Value, Is.EqualTo("suspended"));
        Assert.That((await Engine.SendAsync(HttpMethod.Post, $"vms/{Vm}/start")).Status, Is.EqualTo(200));
        Assert.That((await Engine.GetXmlAsync($"vms/{Vm}")).Element("status")?.Value, Is.EqualTo("up"));
    }

    [Test]
    public async Task Vm_WhoseDeviceIsGone_DoesNotStart()
    {
        await Engine.AttachAsync("vm-here", "pmem-b");
        File.Delete(Engine.Folder.PathOf("pmem-b"));
        var (status, body, _) = await Engine.SendAsync(HttpMethod.Post, $"vms/{Vm}/start");
        Assert.That(status, Is.AnyOf(400, 409), body.ToString());
        Assert.That((await Engine.GetXmlAsync($"vms/{Vm}")).Element("status")?.Value, Is.EqualTo("down"));
    }

    [Test]
    public async Task Vm_ThatRunsInSpiteOfAFailure_KeepsItsDevices()
    {
        await Engine.DisposeAsync();
        Engine = await StartAsync("""
            virsh "$@"
            status=$?
            case "$*" in *" create "*) echo "late" >&2; exit 1;; esac
            exit $status
            """);
        await Engine.AttachAsync("vm-here", "pmem-a");
        var (status, body, _) = await Engine.SendAsync(HttpMethod.Post, $"vms/{Vm}/start", "<action><pause>true</pause></action>");
        Assert.That((status, body.Element("fault")?.Element("detail")?.Value), Is.EqualTo((500, "[Failed to run VM vm-here. late]")));
        Assert.That((await Engine.GetXmlAsync($"vms/{Vm}")).Element("status")?.Value, Is.EqualTo("paused"), "libvirt runs it");
        Assert.That((await Engine.SendAsync(HttpMethod.Post, $"vms/{Vm}/stop")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Vm_OfACapture_DoesNotStart()
    {
        var (status, body, _) = await Engine.SendAsync(HttpMethod.Post, $"vms/{RunningEngine.IdOf("vm2")}/start");
        Assert.That((status, body.Element("fault")?.Element("detail")?.Value), Is.EqualTo((409, "[Cannot run VM. The devices of host1 are captures; nothing runs there.]")));
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task Vm_ThatEndsByItself_IsDown(CancellationToken cancellationToken)
    {
        Assert.That((await Engine.SendAsync(HttpMethod.Post, $"vms/{Vm}/start", "<action><pause>true</pause></action>")).Status, Is.EqualTo(200));
        Assert.That(RealProgram.Run("virsh", "-c", Connection, "destroy", Vm).ExitCode, Is.Zero);
        while ((await Engine.GetXmlAsync($"vms/{Vm}")).Element("status")?.Value != "down")
        {
            await Task.Delay(100, cancellationToken);
        }
    }

    private async Task AssertRefusedWhileItRunsAsync()
    {
        Assert.That((await Engine.AttachAsync("vm-here", "pmem-b")).Body.Element("detail")?.Value, Does.Contain("NVDIMM hot plug is not supported"));
        Assert.That((await Engine.SendAsync(HttpMethod.Put, $"vms/{Vm}", "<vm><memory>536870912</memory></vm>")).Status, Is.EqualTo(409));
        var (status, body, _) = await Engine.SendAsync(HttpMethod.Post, $"vms/{Vm}/suspend");
        Assert.That((status, body.Element("fault")?.Element("detail")?.Value), Is.EqualTo((409, "[Cannot hibernate VM. VM is not up.]")), "it is paused");
        Assert.That((await Engine.SendAsync(HttpMethod.Delete, $"vms/{Vm}")).Status, Is.EqualTo(409));
    }
}
