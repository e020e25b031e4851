using System.Globalization;
using Nvdimm.Extensions.Host.Native;

namespace Nvdimm.Extensions.Host.Claims;

/// <summary>Who has a claim: a VM, through a process that lives as long as the claim shall hold.</summary>
/// <param name="VmName">The VM's name.</param>
/// <param name="VmId">The VM's id; null where it is not known.</param>
/// <param name="ProcessId">The process.</param>
/// <param name="ProcessStart">When it was started, in clock ticks since the boot: a later process can have the same number.</param>
/// <param name="BootId">The boot of the host in which it runs (<c>/proc/sys/kernel/random/boot_id</c>).</param>
public sealed record ClaimHolder(string VmName, string? VmId, int ProcessId, long ProcessStart, string BootId)
{
    /// <summary>The holder for a running process, seen from the same PID namespace.</summary>
    /// <exception cref="ArgumentException"><paramref name="vmName"/> is empty, or there is no such process.</exception>
    public static ClaimHolder OfProcess(string vmName, string? vmId, int processId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(vmName);
        return StartOf(processId) is { } start
            ? new ClaimHolder(vmName, vmId, processId, start, CurrentBoot())
            : throw new ArgumentException($"There is no process {processId}", nameof(processId));
    }

    /// <summary>Whether the process runs. A process of an earlier boot does not, nor one that has ended and was not waited for.</summary>
    internal bool IsAlive => string.Equals(BootId, CurrentBoot(), StringComparison.Ordinal) && StartOf(ProcessId) == ProcessStart;

    internal static string CurrentBoot() => currentBoot ??= SmallFile.Text("/proc/sys/kernel/random/boot_id");

    /// <summary>It does not change while a process lives.</summary>
    private static string? currentBoot;

    /// <summary>
    /// Field 22 of <c>/proc/PID/stat</c> (<c>proc(5)</c>); the name in field 2 can have blanks and brackets. Field 3 is Z or X for a dead one.
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
        catch (IOException gone) when (gone.HResult == NoSuchProcess)
        {
            return null;
        }
    }

    /// <summary>ESRCH: the process ended while its file was read.</summary>
    private const int NoSuchProcess = 3;
}
