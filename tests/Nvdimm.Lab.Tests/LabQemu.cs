namespace Nvdimm.Lab.Tests;

/// <summary>Runs a lab guest with QEMU alone, for hosts that libvirt would not build.</summary>
internal static class LabQemu
{
    /// <summary>Boots, waits until the guest has powered off, and returns what it has left.</summary>
    /// <param name="folder">The files of the guest.</param>
    /// <param name="script">What it does.</param>
    /// <param name="arguments">Machine, memory and devices.</param>
    public static GuestResult Boot(LabFolder folder, string script, params string[] arguments)
    {
        folder.Prepare(script);

        // timeout ends QEMU even where this process is killed.
        var (exitCode, _, error) = RealProgram.Run(
            LabGuest.TimeLimit + TimeSpan.FromSeconds(20),
            "timeout",
            [
                "-k", "5", $"{LabGuest.TimeLimit.TotalSeconds}", "qemu-system-x86_64", "-accel", "tcg", "-nodefaults", "-display", "none", "-no-reboot",
                "-serial", $"file:{folder.Console}", "-kernel", folder.Kernel, "-initrd", folder.Initrd, "-append", folder.Guest.CommandLine,
                "-drive", $"file={folder.Disk},format=raw,if=none,id=lab", "-device", "virtio-blk-pci,drive=lab,serial=lab",
                .. arguments,
            ]);
        Assert.That(exitCode, Is.Zero, $"{error}\n{folder.ConsoleText}");
        return folder.Result();
    }

    /// <summary>
    /// The arguments for a guest that plays the host with an NVDIMM of that size. It has this machine's root as the 9p share <c>host</c>, read-only.
    /// </summary>
    public static string[] Host(LabFolder folder, long sizeMiB) =>
    [
        "-machine", "q35,nvdimm=on", "-cpu", "max", "-smp", "2", "-m", "3G,slots=2,maxmem=64G", .. Nvdimm(folder, 0, sizeMiB, 128, null, alignMiB: 1024),
        "-virtfs", "local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap",
    ];

    /// <summary>An NVDIMM on a sparse file.</summary>
    /// <param name="folder">The files of the guest.</param>
    /// <param name="number">Its number, from 0.</param>
    /// <param name="sizeMiB">The size of the file.</param>
    /// <param name="labelKiB">The size of its label area; 0 for none.</param>
    /// <param name="node">The NUMA node; null without NUMA.</param>
    /// <param name="alignMiB">What QEMU aligns it to: a DIMM that starts misaligned takes no namespace.</param>
    /// <param name="isReadOnly">Whether its save operation is said to fail, so that the guest's kernel makes it read-only.</param>
    public static string[] Nvdimm(LabFolder folder, int number, long sizeMiB, long labelKiB, int? node, long alignMiB = 128, bool isReadOnly = false) =>
    [
        "-object", $"memory-backend-file,id=file{number},share=on,mem-path={folder.Sparse($"nvdimm{number}", ByteSize.FromMiB(sizeMiB))},size={sizeMiB}M,align={alignMiB}M",
        "-device", $"nvdimm,id=nvdimm{number},memdev=file{number}{(labelKiB == 0 ? "" : $",label-size={labelKiB}K")}{(node is null ? "" : $",node={node}")}"
            + (isReadOnly ? ",unarmed=on" : ""),
    ];
}
