using Microsoft.Extensions.Logging;

namespace Nvdimm.Extensions.Engine.Management;

/// <summary>Counts and logs what became of changes.</summary>
/// <param name="capability">The category.</param>
/// <param name="logger">Where it is logged.</param>
/// <param name="meters">Where it is counted.</param>
internal sealed class ChangeReport(string capability, ILogger logger, EngineMeters meters)
{
    /// <summary>Nothing was changed.</summary>
    public HostDeviceChange Refused(string operation, string vmId, ValueList<string> devices, HostDeviceChange change)
    {
        meters.Changed(capability, operation, "refused");
        ManagerLog.Refused(logger, operation, string.Join(", ", devices), vmId, Reasons(change));
        return change;
    }

    /// <summary>Something was changed, or was to be and failed.</summary>
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

    /// <summary>What was attached was taken away again.</summary>
    public HostDeviceChange Undone(string vmId, ValueList<string> devices, HostDeviceChange change)
    {
        meters.Changed(capability, "attach", "undone");
        ManagerLog.Undone(logger, string.Join(", ", devices), vmId, Reasons(change));
        return change;
    }

    /// <summary>An answer was lost, and the engine was asked again: the change was made.</summary>
    public void FoundDone(string vmId, string device, OvirtException lost) => ManagerLog.FoundDone(logger, device, vmId, lost.Message);

    private static string Reasons(HostDeviceChange change) =>
        string.Join(" ", change.Verdict.Violations.Where(violation => violation.Severity == Severity.Error));
}
