using Microsoft.Extensions.Logging;

namespace Nvdimm.Extensions.Engine.Management;

/// <summary>Counts and logs the results of changes.</summary>
/// <param name="capability">The category.</param>
/// <param name="logger">The log.</param>
/// <param name="meters">The counters.</param>
internal sealed class ChangeReport(string capability, ILogger logger, EngineMeters meters)
{
    /// <summary>Reports a refusal: nothing was changed.</summary>
    public HostDeviceChange Refused(string operation, string vmId, ValueList<string> devices, HostDeviceChange change)
    {
        meters.Changed(capability, operation, "refused");
        ManagerLog.Refused(logger, operation, string.Join(", ", devices), vmId, Reasons(change));
        return change;
    }

    /// <summary>Reports a change that was made, or that failed.</summary>
    public HostDeviceChange Ended(string operation, string vmId, ValueList<string> devices, HostDeviceChange change)
    {
        var failure = change.Failure ?? change.RecordFailure;
        meters.Changed(capability, operation, failure is null ? "done" : "failed");
        if (failure is null)
        {
            ManagerLog.Done(logger, operation, string.Join(", ", change.Devices), vmId);
        }
        else
        {
            ManagerLog.Failed(logger, failure, operation, string.Join(", ", devices), vmId, string.Join(", ", change.Devices));
        }

        return change;
    }

    /// <summary>Reports that an attachment was undone.</summary>
    public HostDeviceChange Undone(string vmId, ValueList<string> devices, HostDeviceChange change)
    {
        meters.Changed(capability, "attach", "undone");
        ManagerLog.Undone(logger, string.Join(", ", devices), vmId, Reasons(change));
        return change;
    }

    /// <summary>Logs that an answer was lost, but the engine has made the change.</summary>
    public void FoundDone(string vmId, string device, OvirtException lost) => ManagerLog.FoundDone(logger, device, vmId, lost.Message);

    private static string Reasons(HostDeviceChange change) =>
        string.Join(" ", change.Check.Findings.Where(finding => finding.Severity == Severity.Error));
}
