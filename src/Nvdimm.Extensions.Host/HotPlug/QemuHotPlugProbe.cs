using System.Globalization;
using Nvdimm.Extensions.Host.Native;
using Nvdimm.Extensions.Host.Programs;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.Host.HotPlug;

/// <summary>
/// Starts the installed QEMU with NVDIMMs and a stopped guest, plugs DIMMs into it, and asks for the places of all devices. The guest's RAM
/// is never touched, so it takes no memory of the host (<see cref="QemuProfile.HasReserve"/>).
/// </summary>
/// <param name="programs">The limits, and the folder for the files that stand for the devices.</param>
/// <param name="program">QEMU for the cases' architecture.</param>
/// <param name="qemu">The profile of its version.</param>
internal sealed class QemuHotPlugProbe(HypervisorPrograms programs, string program, QemuProfile qemu)
{
    /// <summary>Plugs DIMMs one after the other, each at an address; null lets QEMU place the DIMM.</summary>
    /// <exception cref="ProbeException">QEMU could not be asked, or its output is not QMP.</exception>
    public async Task<HotPlugAnswer> PlugAsync(HotPlugCase plugged, ByteSize?[] addresses, CancellationToken cancellationToken)
    {
        var files = new List<ScratchFile>();
        try
        {
            foreach (var size in FileSizes(plugged))
            {
                files.Add(ScratchFile.Create(programs.ScratchFolder, size));
            }

            var commands = Commands(plugged, addresses);
            using var firmware = QemuMachine.Firmware(plugged.Request.Architecture.Family!, programs.ScratchFolder);
            var outcome = await BoundedProcess
                .RunAsync(
                    program, Arguments(plugged, index => files[index].Path, firmware?.Path), commands, programs.TimeLimit,
                    cancellationToken)
                .ConfigureAwait(false);
            return Read(outcome, Reproduce(plugged, commands), addresses.Length);
        }
        finally
        {
            files.ForEach(file => file.Dispose());
        }
    }

    private static HotPlugAnswer Read(ProcessOutcome outcome, string command, int dimms)
    {
        if (outcome.ExitStatus != 0)
        {
            // QEMU v7.2.0, util/error.c and softmmu/vl.c: a refusal is exit status 1 with a text.
            return outcome.ExitStatus == 1 && KnownRefusals.IsOfQemu(outcome.Error)
                ? new HotPlugAnswer(command, [], [], outcome.Error)
                : throw outcome.Exception(
                    ProbeFailure.Failed, $"ended with exit status {outcome.ExitStatus}, and no known refusal of a memory device");
        }

        var replies = QmpReplies.Read(outcome);
        var plugged = Enumerable.Range(0, dimms).Select(index => replies.DeviceOf(DimmName(index))).ToValueList();
        var missing = Enumerable.Range(0, dimms).Where(index => plugged[index] is null).ToList();
        var refusal = missing.Select(index => replies.Refusals.GetValueOrDefault(DimmName(index))).FirstOrDefault();
        var nvdimms = replies.Devices.Where(device => device.IsNvdimm)
            .OrderBy(device => device.Id, StringComparer.Ordinal)
            .Select(device => device.Place);
        return (missing.Count, refusal) switch
        {
            ( > 0, null) => throw outcome.Exception(ProbeFailure.Unreadable, "neither shows nor refuses a DIMM"),
            ( > 0, _) when !KnownRefusals.IsOfQemu(refusal) =>
                throw outcome.Exception(ProbeFailure.Failed, $"plugs no DIMM, with no known refusal ({refusal})"),
            _ => new HotPlugAnswer(command, nvdimms.ToValueList(), plugged, refusal),
        };
    }

    /// <summary>The CPU that QEMU has by itself, of another vendor.</summary>
    private static readonly string[] NoAmdCpu = ["-cpu", "qemu64,vendor=GenuineIntel"];

    private static string DimmName(int index) => $"dimm{index}";

    /// <summary>The id of an NVDIMM. Ids sort in the order of their numbers.</summary>
    private static string NvdimmName(int index) => $"nvdimm{index:D3}";

    private string Commands(HotPlugCase plugged, ByteSize?[] addresses)
    {
        var lines = new List<string> { """{"execute":"qmp_capabilities"}""" };
        for (var index = 0; index < addresses.Length; index++)
        {
            var name = DimmName(index);
            var place = addresses[index] is { } address ? $""","addr":{Text(address)}""" : "";
            var size = Text(plugged.Request.DimmSize);
            var reserve = qemu.HasReserve ? ""","reserve":false""" : "";
            lines.Add(
                $$$"""{"execute":"object-add","arguments":{"qom-type":"memory-backend-ram","id":"{{{name}}}"""
                + $$$"""-memory","size":{{{size}}}{{{reserve}}}}}""");
            lines.Add(
                $$$"""{"execute":"device_add","id":"{{{name}}}","arguments":{"driver":"pc-dimm","id":"{{{name}}}","memdev":"{{{name}}}"""
                + $$$"""-memory","node":{{{plugged.DimmNode}}}{{{place}}}}}""");
        }

        lines.AddRange(["""{"execute":"query-memory-devices"}""", """{"execute":"quit"}""", ""]);
        return string.Join('\n', lines);
    }

    private static string Text(ByteSize size) => size.Bytes.ToString(CultureInfo.InvariantCulture);

    /// <summary>A shell command that does the same, in which the files need names.</summary>
    private string Reproduce(HotPlugCase plugged, string commands)
    {
        static string Device(int index) => $"/tmp/nvdimm-probe{index}";
        var created = FileSizes(plugged).Select((size, index) => $"truncate -s {Text(size)} {Device(index)}; ");
        var removed = string.Join(' ', FileSizes(plugged).Select((_, index) => Device(index)));
        return $"{string.Concat(created)}echo {ShellWords.Quote(commands.ReplaceLineEndings(" ").Trim())} | "
            + $"{ShellWords.Join([program, .. Arguments(plugged, Device, QemuMachine.AnyFirmware)])}"
            + $"{(removed.Length == 0 ? "" : $"; rm {removed}")}";
    }

    /// <summary>
    /// The sizes of the files for the devices, followed by those for the nodes' RAM if this QEMU cannot be told to reserve nothing for RAM:
    /// a shared sparse file reserves nothing either.
    /// </summary>
    private IEnumerable<ByteSize> FileSizes(HotPlugCase plugged) => plugged.Request.Nvdimms.Select(layout => layout.Request.DeviceSize)
        .Concat(Enumerable.Repeat(NodeSize(plugged), qemu.HasReserve ? 0 : plugged.NodeCount));

    private static ByteSize NodeSize(HotPlugCase plugged) => ByteSize.FromBytes(plugged.Request.Ram.Bytes / plugged.NodeCount);

    private List<string> Arguments(HotPlugCase plugged, Func<int, string> pathOf, string? firmware)
    {
        var request = plugged.Request;
        List<string> arguments =
        [
            .. QemuMachine.Arguments(request.Architecture.Family!, firmware),
            .. request.HasAmdCpu == false ? NoAmdCpu : [],
            "-smp", $"{plugged.NodeCount}", "-m", $"size={Text(request.Ram)}B,slots={request.Slots},maxmem={Text(request.MaxMemory)}B",
        ];
        for (var node = 0; node < plugged.NodeCount; node++)
        {
            arguments.AddRange(
            [
                "-object",
                (qemu.HasReserve
                    ? "memory-backend-ram,reserve=off"
                    : $"memory-backend-file,mem-path={pathOf(request.Nvdimms.Count + node)},share=on")
                    + $",id=ram{node},size={Text(NodeSize(plugged))}",
                "-numa", $"node,nodeid={node},memdev=ram{node}",
            ]);
        }

        for (var index = 0; index < request.Nvdimms.Count; index++)
        {
            var layout = request.Nvdimms[index];
            var uuid = request.Architecture.Family!.HasUuid ? $",uuid={ProbeDomain.Uuid:D}" : "";
            arguments.AddRange(
            [
                "-object",
                $"memory-backend-file,id=device{index},mem-path={pathOf(index)},share=on,"
                    + $"size={Text(layout.BackendSize)},align={Text(layout.AlignSize.Size)}",
                "-device",
                $"nvdimm,id={NvdimmName(index)},memdev=device{index},label-size={Text(layout.Request.LabelSize)},"
                    + $"node={plugged.NodeOf(index)}{uuid}",
            ]);
        }

        return arguments;
    }
}
