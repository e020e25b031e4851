using Nvdimm.Extensions.Host.Conformance;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Host.Tests.Conformance;
using Nvdimm.Extensions.Sizing;


namespace Nvdimm.Extensions.Host.Tests.Programs;

/// <summary>Which QEMU is found where none is named, on hosts that do not have all of them.</summary>
public sealed class QemuProgramsTests
{
    /// <summary>libvirt's answer on an EL9 host, abridged: QEMU for its own guests only, under another name.</summary>
    private const string OfEl9 =
        """
        <capabilities>
          <host><cpu><arch>x86_64</arch></cpu></host>
          <guest><os_type>hvm</os_type><arch name='i686'><wordsize>32</wordsize><emulator>QEMU</emulator><domain type='qemu'/></arch></guest>
          <guest><os_type>hvm</os_type><arch name='x86_64'><wordsize>64</wordsize><emulator>QEMU</emulator><domain type='qemu'/></arch></guest>
          <guest><os_type>xen</os_type><arch name='ppc64'><emulator>QEMU</emulator></arch></guest>
          <guest><os_type>hvm</os_type><arch name='ppc64'><wordsize>64</wordsize></arch></guest>
        </capabilities>
        """;

    [Test]
    public async Task Find_OneQemuUnderAnotherName_IsFoundAndTheOtherIsNotInstalled()
    {
        TestHypervisor.RequireQemu();
        using var folder = new TemporaryFolder();
        var installed = await InstalledHypervisor.FindAsync(new ConformanceOptions { Programs = Programs(folder, OfEl9) }, CancellationToken.None);

        Assert.That(installed.Architectures, Is.EqualTo([GuestArchitecture.X86_64]));
        Assert.That(installed.NotInstalled, Is.EqualTo([GuestArchitecture.Ppc64, GuestArchitecture.AArch64]));
        Assert.That(installed.Programs.Select(program => (program.Name, program.Program)), Does.Contain(("qemu x86_64", folder.PathOf("qemu-kvm"))));
        var binaries = BinaryIdentity.OfHypervisor(installed.Programs);
        Assert.That(binaries.Select(binary => binary.Path), Does.Contain(folder.PathOf("qemu-kvm")));
    }

    [Test]
    public async Task Find_NamedArchitectureWithoutQemu_Fails()
    {
        TestHypervisor.RequireQemu();
        using var folder = new TemporaryFolder();
        var options = new ConformanceOptions { Programs = Programs(folder, OfEl9), Architectures = [GuestArchitecture.X86_64, GuestArchitecture.Ppc64] };
        var failure = await FailsAsync(options);
        Assert.That(failure.Failure, Is.EqualTo(ProbeFailure.Failed));
        Assert.That(failure.Message, Does.Contain("No emulator found for arch 'ppc64'"));
    }

    [Test]
    public async Task Find_NoQemuAtAll_Fails()
    {
        using var folder = new TemporaryFolder();
        var failure = await FailsAsync(new ConformanceOptions { Programs = Programs(folder, "<capabilities/>") });
        Assert.That(failure.Failure, Is.EqualTo(ProbeFailure.NotStarted));
        Assert.That(failure.Message, Does.Contain("test:///default").And.Contain("x86_64, ppc64 or aarch64"));
    }

    [TestCase("no XML")]
    [TestCase("<!DOCTYPE x [<!ENTITY e 'e'>]><capabilities>&e;</capabilities>")]
    public async Task Find_CapabilitiesThatAreNone_IsUnreadable(string capabilities)
    {
        using var folder = new TemporaryFolder();
        Assert.That((await FailsAsync(new ConformanceOptions { Programs = Programs(folder, capabilities) })).Failure, Is.EqualTo(ProbeFailure.Unreadable));
    }

    private static async Task<ProbeException> FailsAsync(ConformanceOptions options) =>
        (await Assert.ThrowsAsync<ProbeException>(() => InstalledHypervisor.FindAsync(options, CancellationToken.None)))!;

    /// <summary>A libvirt with these capabilities that starts x86_64 guests only.</summary>
    private static HypervisorPrograms Programs(TemporaryFolder folder, string capabilities)
    {
        var qemu = folder.PathOf("qemu-kvm");
        File.Move(TestHypervisor.Script(folder.Path, $"exec {TestHypervisor.QemuX86} \"$@\""), qemu);
        var virsh = TestHypervisor.Script(
            folder.Path,
            $"""
            case "$*" in
              *version*) echo "Running against daemon: 9.0.0" ;;
              *capabilities*) cat '{folder.Write("capabilities.xml", capabilities.Replace("QEMU", qemu, StringComparison.Ordinal))}' ;;
              *) if grep -q ppc64; then echo "error: unsupported configuration: No emulator found for arch 'ppc64'" >&2; exit 1; fi
                 echo "LC_ALL=C PATH=/usr/bin {qemu} -name guest=nvdimm-probe" ;;
            esac
            """);
        return new HypervisorPrograms { Connection = "test:///default", Virsh = virsh };
    }
}
