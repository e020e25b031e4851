namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>
/// The values of a DIMM except its name (pmem/ndctl v81: <c>ndctl/json.c</c>, <c>util_dimm_to_json</c>, and <c>ndctl/json-smart.c</c>).
/// </summary>
internal record struct DimmValues
{
    /// <summary>Whether the DIMM is not armed: it does not keep new writes, and the kernel makes its regions read-only.</summary>
    public bool FailedArm { get; set; }

    public bool FailedFlush { get; set; }

    public bool FailedMap { get; set; }

    public bool FailedRestore { get; set; }

    public bool FailedSave { get; set; }

    public bool SmartEvent { get; set; }

    public string? Security { get; set; }

    public bool IsSecurityFrozen { get; set; }

    public string? HealthState { get; set; }

    public string? ShutdownState { get; set; }

    public bool AlarmTemperature { get; set; }

    public bool AlarmControllerTemperature { get; set; }

    public bool AlarmSpares { get; set; }
}
