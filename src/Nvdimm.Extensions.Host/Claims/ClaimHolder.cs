using System.Globalization;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Claims;

/// <summary>The holder of a claim: a VM, through a process that lives as long as the claim must last.</summary>
public sealed record ClaimHolder
{
    /// <summary>The VM's name.</summary>
    public required string VmName { get; init; }

    /// <summary>The VM's id; null if unknown.</summary>
    public required string? VmId { get; init; }

    /// <summary>The id of the process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>When the process started, in clock ticks since the boot. A later process can have the same id.</summary>
    public required long ProcessStart { get; init; }

    /// <summary>The boot of the host in which the process runs (<c>/proc/sys/kernel/random/boot_id</c>).</summary>
    public required string BootId { get; init; }

    /// <summary>The holder for a running process, which must be in the same PID namespace.</summary>
    /// <exception cref="ArgumentException"><paramref name="vmName"/> is empty, or the process does not exist.</exception>
    public static ClaimHolder OfProcess(string vmName, string? vmId, int processId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(vmName);
        return StartOf(processId) is { } start
            ? new ClaimHolder { VmName = vmName, VmId = vmId, ProcessId = processId, ProcessStart = start, BootId = CurrentBoot() }
            : throw new ArgumentException($"There is no process {processId}", nameof(processId));
    }

    /// <summary>Whether the process runs. A process of an earlier boot does not, and neither does a zombie.</summary>
    internal bool IsAlive => string.Equals(BootId, CurrentBoot(), StringComparison.Ordinal) && StartOf(ProcessId) == ProcessStart;

    internal static string CurrentBoot() => currentBoot ??= SmallFile.Text("/proc/sys/kernel/random/boot_id");

    /// <summary>The id of this boot. It does not change while a process lives.</summary>
    private static string? currentBoot;

    /// <summary>
    /// The start time from field 22 of <c>/proc/PID/stat</c> (<c>proc(5)</c>); null for a dead process, whose field 3 is Z or X. The name
    /// in field 2 can contain blanks and brackets.
    /// </summary>
    private static long? StartOf(int processId)
    {
        try
        {
            if (SmallFile.TextOrNull($"/proc/{processId}/stat") is not { } stat)
            {
                OtherProcesses.RequireVisible();
                return null;
            }

            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
        }
        catch (IOException gone) when (gone.HResult == Errno.NoSuchProcess)
        {
            return null;
        }
    }
}
