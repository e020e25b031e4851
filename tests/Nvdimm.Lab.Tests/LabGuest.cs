namespace Nvdimm.Lab.Tests;

/// <summary>The guest that <c>build/lab-guest.sh</c> makes, and the programs that run it.</summary>
internal static class LabGuest
{
    /// <summary>How long a guest may run. One that only boots takes 7 to 12 seconds without KVM, on a busy machine several times that.</summary>
    public static TimeSpan TimeLimit { get; } = TimeSpan.FromMinutes(4);

    private static readonly string Folder = Path.Combine(TestFiles.RepositoryRoot, "artifacts", "lab", "guest");

    public static string Kernel => Path.Combine(Folder, "vmlinuz");

    public static string Initrd => Path.Combine(Folder, "initrd.img");

    /// <summary>What the kernel is told; the guest ends by itself before anybody has to end it.</summary>
    public static string CommandLine => $"console=ttyS0 quiet panic=-1 limit={TimeLimit.TotalSeconds - 20}";

    /// <summary>In CI the lab must be able to run; elsewhere it is skipped with the reason.</summary>
    public static void Require()
    {
        RealProgram.Require("qemu-system-x86_64", "qemu-system-x86");
        RealProgram.Require("virsh", "libvirt-clients");
        RealProgram.Require("libvirtd", "libvirt-daemon-system");
        if (!File.Exists(Initrd))
        {
            RealProgram.Unavailable("The lab's guest is not there: build/lab.sh makes it from Debian packages, for which it needs apt");
        }
    }
}
