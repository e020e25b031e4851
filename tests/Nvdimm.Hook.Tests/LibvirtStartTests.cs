namespace Nvdimm.Hook.Tests;

/// <summary>What libvirt makes of a domain that came through the hook.</summary>
public sealed class LibvirtStartTests
{
    private string connection = "";
    private HookHost host = null!;

    [SetUp]
    public void SetUp()
    {
        RealProgram.Require("virsh", "libvirt-clients");
        RealProgram.Require("qemu-system-x86_64", "qemu-system-x86");
        var (status, output, error) = RealProgram.Run(Path.Combine(TestFiles.RepositoryRoot, "build", "libvirt-for-tests.sh"));
        Assert.That(status, Is.Zero, error);
        connection = output.Trim();
        host = new HookHost();
        host.AddFsdax(0);

        // The libvirt for tests runs as another user.
        File.SetUnixFileMode(host.Root, (UnixFileMode)0x1ED);
        File.SetUnixFileMode(host.Device(0), (UnixFileMode)0x1B6);
    }

    [TearDown]
    public void TearDown() => host?.Dispose();

    [Test]
    public void Domain_WithTheWrongSize_StartsWithTheRecordedOne()
    {
        Assert.That(host.Run("before_vm_start", Domain(919552)).Status, Is.Zero);
        var (status, line, _) = host.Run("before_vm_start", Domain(788480));
        Assert.That(status, Is.Zero, line);
        var name = $"nvdimm-hook-{Environment.ProcessId}";
        File.SetUnixFileMode(host.Payload, (UnixFileMode)0x1A4);
        var (created, _, error) = RealProgram.Run("virsh", "-c", connection, "create", "--paused", host.Payload);
        Assert.That(created, Is.Zero, error);
        try
        {
            var live = RealProgram.Run("virsh", "-c", connection, "dumpxml", name).Output;
            Assert.That(live, Does.Contain("<size unit='KiB'>919552</size>").And.Contain(host.Device(0)));
        }
        finally
        {
            RealProgram.Run("virsh", "-c", connection, "destroy", name);
        }
    }

    [Test]
    public void Domain_ThatQemuWouldRefuse_IsRefusedBefore()
    {
        var domain = Domain(1 << 21);
        Assert.That(host.Run("before_vm_start", domain).Codes, Does.Contain(Nvdimm.Extensions.NvdimmCodes.LargerThanDevice));
        File.SetUnixFileMode(host.Payload, (UnixFileMode)0x1A4);
        var (created, _, error) = RealProgram.Run("virsh", "-c", connection, "create", "--paused", host.Payload);
        Assert.That((created, error), Is.Not.EqualTo((0, "")), "and QEMU does");
    }

    private string Domain(long targetKiB) => $"""
        <domain type="qemu"><name>nvdimm-hook-{Environment.ProcessId}</name><uuid>{HookHost.VmId}</uuid><memory>262144</memory>
        <maxMemory slots="16">4194304</maxMemory><vcpu>1</vcpu><os><type arch="x86_64" machine="pc">hvm</type></os><features><acpi></acpi></features>
        <cpu><numa><cell id="0" cpus="0" memory="262144"></cell></numa></cpu><devices>
        <memory model="nvdimm" access="shared"><source><path>{host.Device(0)}</path><alignsize unit="KiB">2048</alignsize><pmem></pmem></source>
        <target><size unit="KiB">{targetKiB}</size><node>0</node><label><size unit="KiB">128</size></label></target><alias name="ua-1"></alias></memory>
        </devices></domain>
        """;
}
