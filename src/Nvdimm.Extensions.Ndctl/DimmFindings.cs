using Nvdimm.Extensions.Ndctl.Json;

namespace Nvdimm.Extensions.Ndctl;

/// <summary>
/// Converts the state of a DIMM to findings: errors if its present or future content is at risk, otherwise warnings (ACPI 6.5, 5.2.25.3:
/// NVDIMM state flags; pmem/ndctl v81: <c>ndctl/json.c</c>, <c>ndctl/json-smart.c</c>). A DIMM that is not armed makes its namespaces
/// read-only, see <see cref="NvdimmCodes.ReadOnly"/>.
/// </summary>
internal static class DimmFindings
{
    /// <summary>
    /// Returns the findings about the DIMM <paramref name="listed"/>, the errors first. They name the DIMM and no device.
    /// </summary>
    public static IEnumerable<Finding> Of(ListedObject listed)
    {
        var (name, dimm) = (listed.Dev!, listed.Dimm);
        IEnumerable<Finding> all = [.. Failures(name, dimm), .. Health(name, dimm), .. Security(name, dimm), .. Alarms(name, dimm)];
        return all.OrderByDescending(finding => finding.Severity);
    }

    private static IEnumerable<Finding> Failures(string name, DimmValues dimm)
    {
        (bool IsSet, string What)[] failures =
        [
            (dimm.FailedSave, "its content was not saved when power went off last"),
            (dimm.FailedRestore, "its content was not restored after power came back"),
            (dimm.FailedFlush, "the platform did not flush to it when power went off last, so what was written before may be missing"),
            (dimm.FailedMap, "the firmware did not map it into the address space"),
        ];
        return failures
            .Where(failure => failure.IsSet)
            .Select(failure => Finding.Error(NvdimmCodes.DimmFailed, ("dimm", name), ("what", failure.What)));
    }

    private static IEnumerable<Finding> Health(string name, DimmValues dimm) => dimm.HealthState switch
    {
        null or "ok" => [],
        "fatal" or "critical" => [Finding.Error(NvdimmCodes.DimmHealth, ("dimm", name), ("health", dimm.HealthState))],
        _ => [Finding.Warning(NvdimmCodes.DimmHealth, ("dimm", name), ("health", dimm.HealthState))],
    };

    private static IEnumerable<Finding> Security(string name, DimmValues dimm)
    {
        switch (dimm.Security)
        {
            case "locked":
                yield return Security(Severity.Error, name, "locked", "nothing on it can be read or written until it is unlocked");
                break;
            case "overwrite":
                yield return Security(Severity.Error, name, "overwrite", "it is being erased");
                break;
            case null or "disabled" or "unlocked" or "frozen":
                break;
            default:
                yield return Finding.Warning(
                    NvdimmCodes.NdctlUnknownValue, ("key", "security"), ("value", dimm.Security), ("device", name));
                break;
        }

        if (dimm.IsSecurityFrozen || dimm.Security is "frozen")
        {
            yield return Security(
                Severity.Warning, name, "frozen", "it cannot be locked, unlocked or erased before the next restart of the host");
        }
    }

    private static Finding Security(Severity severity, string name, string state, string what) =>
        new(NvdimmCodes.DimmSecurity, severity, [("dimm", name), ("security", state), ("what", what)]);

    private static IEnumerable<Finding> Alarms(string name, DimmValues dimm)
    {
        (bool IsSet, string What)[] alarms =
        [
            (dimm.AlarmTemperature, "the temperature of its media"),
            (dimm.AlarmControllerTemperature, "the temperature of its controller"),
            (dimm.AlarmSpares, "few spare blocks are left"),
            (dimm.ShutdownState is "dirty", "its last shutdown was dirty, so what was written before may be missing"),
            (dimm.SmartEvent, "a health event is pending"),
        ];
        var raised = alarms.Where(alarm => alarm.IsSet).Select(alarm => alarm.What).ToList();
        return raised.Count == 0 ? [] : [Finding.Warning(NvdimmCodes.DimmAlarm, ("dimm", name), ("what", string.Join("; ", raised)))];
    }
}
