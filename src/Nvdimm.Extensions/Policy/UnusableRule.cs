using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Policy;

/// <summary>
/// Refuses a device that has an error, or whose description a VM cannot use even if its source reported no error. Other rules refuse
/// read-only devices and devices that the host uses.
/// </summary>
internal sealed class UnusableRule()
    : NvdimmRule(NvdimmCodes.Unusable, Severity.Error, HostDeviceOperation.Attach, HostDeviceOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        let findings = Findings(device)
            .Select(finding => finding["device"] is null
                ? finding with { Arguments = [("device", device.Name), .. finding.Arguments] }
                : finding)
            .ToValueList()
        where findings.Count > 0
        select FindingOf(("device", device.Name), ("codes", Reasons.Codes(findings)), ("reasons", Reasons.Texts(findings)));

    /// <summary>Why a VM cannot use a device; empty if no finding and no property of the device says so.</summary>
    internal static IEnumerable<Finding> Findings(NvdimmDevice device) => device.IsUsable
        ? Unlisted(device)
        : device.Findings
            .Where(finding => finding is { Severity: Severity.Error, Code: not (NvdimmCodes.ReadOnly or NvdimmCodes.InUseByHost) });

    /// <summary>
    /// The errors that the parser of ndctl reports for such a device. Called only if the device's own findings do not make it unusable.
    /// </summary>
    private static IEnumerable<Finding> Unlisted(NvdimmDevice device)
    {
        if (device.IsDisabled)
        {
            yield return Finding.Error(NvdimmCodes.NamespaceDisabled, ("device", device.Name));
        }

        if (device.Path is null)
        {
            yield return Finding.Error(NvdimmCodes.NoDevicePath, ("device", device.Name));
        }

        if (device.Size is null)
        {
            yield return Finding.Error(NvdimmCodes.NdctlMissingKey, ("device", device.Name), ("key", "size"));
        }

        if (device is { Mode: NamespaceMode.Unknown, File: null })
        {
            yield return Finding.Error(NvdimmCodes.NdctlUnknownMode, ("device", device.Name), ("mode", device.ReportedMode ?? ""));
        }

        foreach (var dax in device.DaxDevices)
        {
            if (dax.Mode == DaxDeviceMode.SystemRam)
            {
                yield return Finding.Error(NvdimmCodes.DaxSystemRam, ("device", device.Name), ("chardev", dax.CharDevice));
            }
            else if (dax.Mode == DaxDeviceMode.Famfs)
            {
                yield return Finding.Error(
                    NvdimmCodes.DaxNotDevdax, ("device", device.Name), ("chardev", dax.CharDevice), ("use", "the mode famfs"));
            }
            else if (dax.IsDisabled)
            {
                yield return Finding.Error(NvdimmCodes.DaxDisabled, ("device", device.Name), ("chardev", dax.CharDevice));
            }
        }
    }
}
