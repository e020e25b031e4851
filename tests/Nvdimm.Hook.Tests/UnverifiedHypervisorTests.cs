using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Hook.Tests;

/// <summary>Starts on a host on which nobody has checked libvirt and QEMU.</summary>
public sealed class UnverifiedHypervisorTests
{
    private const string Point = "before_vm_start";

    private HookHost host = null!;

    [SetUp]
    public void SetUp() => host = new HookHost();

    [TearDown]
    public void TearDown() => host.Dispose();

    [Test]
    public void Start_IsRefused_WhereNothingElseIsConfigured()
    {
        host.AddFsdax(0);
        host.Configure();
        host.AssertRefused(Point, host.Domain("engine-one.xml"), NvdimmCodes.HypervisorNotVerified);
        Assert.That(host.Ledger.List().Records, Is.Empty);
        Assert.That(Directory.GetFiles(host.State, "uuid-*.json", SearchOption.AllDirectories), Is.Empty, "the claim is given back");
    }

    /// <summary>libvirt 10.0 and QEMU 8.2 lie between versions that were verified elsewhere; 13.0 does not.</summary>
    [TestCase("libvirt.so.0.10000.0", "8.2.2", null, 0, NvdimmCodes.HypervisorKnown)]
    [TestCase("libvirt.so.0.10000.0", "8.2.2", "unverified-hypervisor = refuse", 2, NvdimmCodes.HypervisorKnown)]
    [TestCase("libvirt.so.0.13000.0", "8.2.2", null, 2, NvdimmCodes.HypervisorNotVerified)]
    [TestCase("libvirt.so.0.10000.0", "13.0.0", null, 2, NvdimmCodes.HypervisorNotVerified)]
    [TestCase("libvirt.so.0.13000.0", "8.2.2", "unverified-hypervisor = warn", 0, NvdimmCodes.HypervisorNotVerified)]
    public void Start_StartsWhereItsVersionsAreKnown(string library, string qemu, string? line, int status, string code)
    {
        host.AddFsdax(0);
        host.Configure(line is null ? [] : [line]);
        Install(library, qemu);
        var result = host.Run(Point, host.Domain("engine-one.xml"));
        Assert.That((result.Status, result.Codes.Contains(code)), Is.EqualTo((status, true)), string.Join(' ', result.Codes));
    }

    /// <summary>Which of two QEMUs runs is the domain's matter: versions that differ are not known.</summary>
    [TestCase("8.2.2", NvdimmCodes.HypervisorKnown, 0)]
    [TestCase("13.0.0", NvdimmCodes.HypervisorNotVerified, 2)]
    public void Start_WithTwoQemus_IsKnownWhereTheyAreTheSame(string other, string code, int status)
    {
        if (HostArchitecture.OfGuests != GuestArchitecture.X86_64)
        {
            RealProgram.Unavailable("qemu-kvm is for the host's own guests");
        }

        host.AddFsdax(0);
        host.Configure();
        Install("libvirt.so.0.10000.0", "8.2.2");
        Program("qemu-kvm", $"echo 'QEMU emulator version {other}'");
        var result = host.Run(Point, host.Domain("engine-one.xml"));
        Assert.That((result.Status, result.Codes.Contains(code)), Is.EqualTo((status, true)), string.Join(' ', result.Codes));
    }

    /// <summary>A hook's environment has the VM's custom properties, of which a loader may read some; QEMU gets none, and is asked once for four devices.</summary>
    [Test]
    public void Start_QemuIsAskedOnce_WithoutTheEnvironment()
    {
        for (var number = 0; number < 4; number++)
        {
            host.AddFsdax(number);
        }

        host.Configure();
        Install("libvirt.so.0.10000.0", "8.2.2");
        var asked = Path.Combine(host.Root, "asked");
        Program("qemu-system-x86_64", $"echo \"$NVDIMM_OF_A_TEST\" >> '{asked}'; echo 'QEMU emulator version 8.2.2'");
        Environment.SetEnvironmentVariable("NVDIMM_OF_A_TEST", "reached");
        var result = host.Run(Point, host.Domain("engine-four.xml"));
        Environment.SetEnvironmentVariable("NVDIMM_OF_A_TEST", null);
        Assert.That(result.Codes, Does.Contain(NvdimmCodes.HypervisorKnown));
        Assert.That(File.ReadAllText(asked), Is.EqualTo("\n"));
    }

    private void Install(string library, string qemu)
    {
        var libraries = Directory.CreateDirectory($"{host.Root}/usr/lib64");
        File.WriteAllText($"{libraries}/{library}", "");
        File.CreateSymbolicLink($"{libraries}/libvirt.so.0", library);
        Program("qemu-system-x86_64", $"echo 'QEMU emulator version {qemu} (Debian 1:{qemu})'");
    }

    private void Program(string name, string script)
    {
        var program = $"{Directory.CreateDirectory($"{host.Root}/usr/bin")}/{name}";
        File.WriteAllText(program, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
