using System.Globalization;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.Conformance;

/// <summary>Starts the installed QEMU with an NVDIMM, its guest stopped, and asks it what the guest would see.</summary>
/// <param name="programs">The limits, and where the file that stands for the device is made.</param>
/// <param name="architecture">The guest's architecture.</param>
/// <param name="program">QEMU for it.</param>
internal sealed class QemuProbe(HypervisorPrograms programs, GuestArchitecture architecture, string program)
{
    private const string Commands =
        """
        {"execute":"qmp_capabilities"}
        {"execute":"query-memory-devices"}
        {"execute":"quit"}

        """;

    /// <summary>An alignment up to which QEMU can place a device; above it nothing is left of a device that is probed here.</summary>
    private static readonly ByteSize LargestAlign = ByteSize.FromGiB(64);

    private static readonly ByteSize Memory = ByteSize.FromMiB(256);

    /// <summary>How many times as long the second attempt at a slow case may take.</summary>
    private const int Patience = 3;

    private GuestFamily Family => architecture.Family!;

    /// <summary>The same with three times the limit.</summary>
    public QemuProbe Patient() => new(programs with { TimeLimit = programs.TimeLimit * Patience }, architecture, program);

    /// <summary>Its version, after it has started without an NVDIMM.</summary>
    /// <exception cref="ProbeException">It does not start, or what it says is no QMP.</exception>
    public async Task<string> VersionAsync(CancellationToken cancellationToken)
    {
        using var firmware = QemuMachine.Firmware(Family, programs.ScratchFolder);
        var outcome = await RunAsync(Arguments(ByteSize.FromGiB(1), firmware?.Path), cancellationToken).ConfigureAwait(false);
        return outcome.ExitStatus != 0
            ? throw outcome.Exception(ProbeFailure.Failed, "does not start even without an NVDIMM")
            : QmpReplies.Read(outcome).Version ?? throw outcome.Exception(ProbeFailure.Unreadable, "names no version");
    }

    /// <summary>What it does with a device of this size and this backend.</summary>
    /// <exception cref="ProbeException">It could not be asked, or what it says is no QMP.</exception>
    public async Task<QemuAnswer> StartAsync(ByteSize deviceSize, QemuBackend backend, CancellationToken cancellationToken)
    {
        using var device = ScratchFile.Create(programs.ScratchFolder, deviceSize);
        using var firmware = QemuMachine.Firmware(Family, programs.ScratchFolder);
        var outcome = await RunAsync(Arguments(deviceSize, backend, device.Path, firmware?.Path), cancellationToken).ConfigureAwait(false);
        var command = Reproduce(deviceSize, backend);
        if (outcome.ExitStatus == 0)
        {
            return new QemuAnswer(command, QmpReplies.Read(outcome).NvdimmSize ?? throw outcome.Exception(ProbeFailure.Unreadable, "tells of no NVDIMM"), null);
        }

        // QEMU v7.2.0, util/error.c and softmmu/vl.c: a refusal is exit status 1 with a text.
        return outcome.ExitStatus == 1 && KnownRefusals.IsOfQemu(outcome.Error)
            ? new QemuAnswer(command, null, outcome.Error)
            : throw outcome.Exception(ProbeFailure.Failed, $"ended with exit status {outcome.ExitStatus}, and no known refusal of an NVDIMM");
    }

    private static string Text(ByteSize size) => size.Bytes.ToString(CultureInfo.InvariantCulture);

    private static string OfMiB(ByteSize size) => $"{size.Bytes >> 20}M";

    /// <summary>The same in a shell, where the file has to have a name.</summary>
    private string Reproduce(ByteSize deviceSize, QemuBackend backend)
    {
        const string device = "/tmp/nvdimm-probe";
        return $"truncate -s {Text(deviceSize)} {device}; echo {ShellWords.Quote(Commands.ReplaceLineEndings(" ").Trim())} | "
            + $"{ShellWords.Join([program, .. Arguments(deviceSize, backend, device, QemuMachine.AnyFirmware)])}; rm {device}";
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

    /// <summary>Room for the device wherever its alignment puts it.</summary>
    private static ByteSize Room(ByteSize deviceSize, long? align)
    {
        var slack = ByteSize.FromBytes(Math.Min(align ?? 0, LargestAlign.Bytes));
        return (deviceSize + slack).AlignUp(Alignment.FromMiB(1024)) + ByteSize.FromGiB(1);
    }
}
