using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Lab.Tests;

/// <summary>A guest that <c>build/lab-guest.sh</c> makes, and the programs that run it.</summary>
internal sealed class LabGuest
{
    private readonly string name;
    private readonly string console;
    private readonly (string Program, string Package) qemu;

    private LabGuest(GuestArchitecture architecture, string name, string console, (string Program, string Package) qemu) =>
        (Architecture, this.name, this.console, this.qemu) = (architecture, name, console, qemu);

    public static LabGuest X86 { get; } = new(GuestArchitecture.X86_64, "amd64", "ttyS0", ("qemu-system-x86_64", "qemu-system-x86"));

    /// <summary>The guest for Arm has UEFI: without it libvirt and the kernel have no ACPI, and ACPI is where an NVDIMM is described.</summary>
    public static LabGuest Arm { get; } = new(GuestArchitecture.AArch64, "arm64", "ttyAMA0", ("qemu-system-aarch64", "qemu-system-arm"))
    {
        Firmware = "firmware.fd",
        Variables = "variables.fd",
    };

    /// <summary>
    /// How long a guest may run. One that only boots takes 7 to 12 seconds without KVM, for Arm 20 to 30; on a busy machine several times that.
    /// </summary>
    public static TimeSpan TimeLimit { get; } = TimeSpan.FromMinutes(4);

    public GuestArchitecture Architecture { get; }

    public string Kernel => PathOf("vmlinuz");

    public string Initrd => PathOf("initrd.img");

    /// <summary>The image of the UEFI firmware; null if the machine has another.</summary>
    public string? Firmware { get => field is null ? null : PathOf(field); private init; }

    /// <summary>The image of the firmware's variables; null if the machine has none.</summary>
    public string? Variables { get => field is null ? null : PathOf(field); private init; }

    /// <summary>What the kernel is told; the guest ends by itself before anybody has to end it.</summary>
    public string CommandLine => $"console={console} quiet panic=-1 limit={TimeLimit.TotalSeconds - 20}";

    /// <summary>In CI the lab must be able to run; elsewhere it is skipped with the reason.</summary>
    public void Require()
    {
        RealProgram.Require(qemu.Program, qemu.Package);
        RealProgram.Require("virsh", "libvirt-clients");
        RealProgram.Require("libvirtd", "libvirt-daemon-system");
        if (!File.Exists(Initrd))
        {
            RealProgram.Unavailable($"The lab's {name} guest is not there: build/lab.sh makes it from Debian packages, for which it needs apt");
        }
    }

    private string PathOf(string file) => Path.Combine(TestFiles.RepositoryRoot, "artifacts", "lab", "guest", name, file);
}
