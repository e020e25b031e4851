using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Programs;

/// <summary>The machine with which QEMU is probed. It is stopped before its first instruction, so any file can be its firmware.</summary>
internal static class QemuMachine
{
    /// <summary>A file that exists on every system, for a command that a person runs.</summary>
    public const string AnyFirmware = "/etc/os-release";

    private static readonly ByteSize FirmwareSize = ByteSize.FromKiB(4);

    /// <summary>The file in place of firmware; null if the machine needs none.</summary>
    public static ScratchFile? Firmware(GuestFamily family, string folder) =>
        family.NeedsFirmware ? ScratchFile.Create(folder, FirmwareSize) : null;

    /// <summary>The arguments before those of the machine's memory.</summary>
    /// <param name="family">The guest's family.</param>
    /// <param name="firmware">The firmware; null if the machine needs none.</param>
    /// <param name="machine">The machine; null for the family's own.</param>
    public static IReadOnlyList<string> Arguments(GuestFamily family, string? firmware, string? machine = null) =>
    [
        "-machine", $"{machine ?? family.Machine},nvdimm=on", "-accel", "tcg", "-S", "-nodefaults", "-display", "none", "-qmp", "stdio",
        .. family.Cpu is { } cpu ? ["-cpu", cpu] : Array.Empty<string>(),
        .. family.NeedsFirmware && firmware is not null ? ["-bios", firmware] : Array.Empty<string>(),
    ];
}
