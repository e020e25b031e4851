using System.Globalization;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>Starts the installed QEMU with an NVDIMM and a stopped guest, and asks it which size the guest would see.</summary>
/// <param name="programs">The limits, and the folder for the file that stands for the device.</param>
/// <param name="architecture">The guest's architecture.</param>
/// <param name="program">QEMU for that architecture.</param>
internal sealed class QemuProbe(HypervisorPrograms programs, GuestArchitecture architecture, string program)
{
    private const string Commands =
        """
        {"execute":"qmp_capabilities"}
        {"execute":"query-memory-devices"}
        {"execute":"quit"}

        """;

    /// <summary>
    /// The largest alignment with which QEMU can place a device; with a larger one nothing is left of a device that is probed here.
    /// </summary>
    private static readonly ByteSize LargestAlign = ByteSize.FromGiB(64);

    private static readonly ByteSize Memory = ByteSize.FromMiB(256);

    /// <summary>The factor of the time limit for the second attempt at a slow case.</summary>
    private const int SlowFactor = 3;

    private GuestFamily Family => architecture.Family!;

    /// <summary>The same probe with three times the time limit.</summary>
    public QemuProbe WithLongerTimeLimit() => new(programs with { TimeLimit = programs.TimeLimit * SlowFactor }, architecture, program);

    /// <summary>QEMU's version. It must start without an NVDIMM first.</summary>
    /// <exception cref="ProbeException">QEMU does not start, or its output is not QMP.</exception>
    public async Task<string> VersionAsync(CancellationToken cancellationToken)
    {
        using var firmware = QemuMachine.Firmware(Family, programs.ScratchFolder);
        var outcome = await RunAsync(Arguments(ByteSize.FromGiB(1), firmware?.Path), cancellationToken).ConfigureAwait(false);
        return outcome.ExitStatus != 0
            ? throw outcome.Exception(ProbeFailure.Failed, "does not start even without an NVDIMM")
            : QmpReplies.Read(outcome).Version ?? throw outcome.Exception(ProbeFailure.Unreadable, "names no version");
    }

    /// <summary>QEMU's answer about a device of this size with this backend.</summary>
    /// <exception cref="ProbeException">QEMU could not be asked, or its output is not QMP.</exception>
    public async Task<QemuAnswer> StartAsync(ByteSize deviceSize, QemuBackend backend, CancellationToken cancellationToken)
    {
        using var device = ScratchFile.Create(programs.ScratchFolder, deviceSize);
        using var firmware = QemuMachine.Firmware(Family, programs.ScratchFolder);
        var outcome = await RunAsync(Arguments(deviceSize, backend, device.Path, firmware?.Path), cancellationToken).ConfigureAwait(false);
        var command = Reproduce(deviceSize, file => Arguments(deviceSize, backend, file, QemuMachine.AnyFirmware));
        if (outcome.ExitStatus == 0)
        {
            return new QemuAnswer(
                command,
                QmpReplies.Read(outcome).NvdimmSize ?? throw outcome.Exception(ProbeFailure.Unreadable, "tells of no NVDIMM"),
                null);
        }

        // QEMU v7.2.0, util/error.c and softmmu/vl.c: a refusal is exit status 1 with a text.
        return outcome.ExitStatus == 1 && KnownRefusals.IsOfQemu(outcome.Error)
            ? new QemuAnswer(command, null, outcome.Error)
            : throw outcome.Exception(
                ProbeFailure.Failed, $"ended with exit status {outcome.ExitStatus}, and no known refusal of an NVDIMM");
    }

    /// <summary>QEMU's answer about a guest whose memory may end behind the last address of its CPU. Its RAM is a sparse file.</summary>
    /// <exception cref="ProbeException">QEMU could not be asked, or refuses it for another reason.</exception>
    public async Task<AddressLimitResult> StartAsync(AddressLimitCase guest, bool isRefusalPredicted, CancellationToken cancellationToken)
    {
        using var ram = ScratchFile.Create(programs.ScratchFolder, guest.Ram);
        using var firmware = QemuMachine.Firmware(Family, programs.ScratchFolder);
        var outcome = await RunAsync(Arguments(guest, ram.Path, firmware?.Path), cancellationToken).ConfigureAwait(false);
        var isRefused = outcome.ExitStatus == 1 && KnownRefusals.IsPredicted(outcome.Error, [NvdimmCodes.XmlAddressBits]);
        return outcome.ExitStatus != 0 && !isRefused
            ? throw outcome.Exception(
                ProbeFailure.Failed, $"ended with exit status {outcome.ExitStatus}, and not because of the CPU's address bits")
            : new AddressLimitResult
            {
                Architecture = guest.Architecture,
                Machine = guest.Machine,
                Cpu = guest.Cpu,
                Ram = guest.Ram,
                Slots = guest.Slots,
                MaxMemory = guest.MaxMemory,
                IsRefusalPredicted = isRefusalPredicted,
                Refusal = isRefused ? outcome.Error : null,
                Command = Reproduce(guest.Ram, file => Arguments(guest, file, QemuMachine.AnyFirmware)),
            };
    }

    private static string Text(ByteSize size) => size.Bytes.ToString(CultureInfo.InvariantCulture);

    private static string OfMiB(ByteSize size) => $"{size.Bytes >> 20}M";

    /// <summary>A shell command that does the same, in which the file needs a name.</summary>
    private string Reproduce(ByteSize fileSize, Func<string, string[]> arguments)
    {
        const string file = "/tmp/nvdimm-probe";
        return $"truncate -s {Text(fileSize)} {file}; echo {ShellWords.Quote(Commands.ReplaceLineEndings(" ").Trim())} | "
            + $"{ShellWords.Join([program, .. arguments(file)])}; rm {file}";
    }

    private Task<ProcessOutcome> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        BoundedProcess.RunAsync(program, arguments, Commands, programs.TimeLimit, cancellationToken);

    private string[] Arguments(ByteSize maxMemory, string? firmware) =>
    [
        .. QemuMachine.Arguments(Family, firmware),
        "-m", $"size={OfMiB(Memory)},slots=1,maxmem={OfMiB(Memory + maxMemory)}",
    ];

    private string[] Arguments(ByteSize deviceSize, QemuBackend backend, string path, string? firmware)
    {
        var align = backend.Align is { } bytes ? $",align={bytes.ToString(CultureInfo.InvariantCulture)}" : "";
        var uuid = backend.Uuid is null ? "" : $",uuid={backend.Uuid}";
        return
        [
            .. Arguments(Room(deviceSize, backend.Align), firmware),
            "-object", $"memory-backend-file,id=device,mem-path={path},share=on,size={Text(backend.Size)}{align}",
            "-device", $"nvdimm,id=nvdimm,memdev=device,label-size={Text(backend.LabelSize)}{uuid}",
        ];
    }

    private string[] Arguments(AddressLimitCase guest, string path, string? firmware) =>
    [
        .. QemuMachine.Arguments(Family, firmware, guest.Machine),
        "-cpu", guest.Cpu, "-m", $"size={Text(guest.Ram)}B,slots={guest.Slots},maxmem={Text(guest.MaxMemory)}B",
        "-object", $"memory-backend-file,id=ram,mem-path={path},share=on,size={Text(guest.Ram)}", "-numa", "node,memdev=ram",
    ];

    /// <summary>The memory that leaves room for the device at any place that its alignment allows.</summary>
    private static ByteSize Room(ByteSize deviceSize, long? align)
    {
        var slack = ByteSize.FromBytes(Math.Min(align ?? 0, LargestAlign.Bytes));
        return (deviceSize + slack).AlignUp(Alignment.FromMiB(1024)) + ByteSize.FromGiB(1);
    }
}

/// <summary>QEMU's answer about an NVDIMM: it starts with a guest size, or refuses.</summary>
/// <param name="Command">A shell command that reproduces it.</param>
/// <param name="GuestSize">The size that the guest would see; null if QEMU refuses.</param>
/// <param name="Refusal">QEMU's own words; null if it starts.</param>
internal sealed record QemuAnswer(string Command, ByteSize? GuestSize, string? Refusal);

/// <summary>The options of an NVDIMM on QEMU's command line.</summary>
/// <param name="Size">The size of the backend.</param>
/// <param name="LabelSize">The size of the label area.</param>
/// <param name="Align">The alignment in bytes, not necessarily a power of two; null if there is none.</param>
/// <param name="Uuid">The uuid, on POWER only.</param>
internal readonly record struct QemuBackend(ByteSize Size, ByteSize LabelSize, long? Align, string? Uuid);
