using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Policy;

/// <summary>
/// The device has no finding that is an error, and what it says of itself is what a VM can use, whoever made the description. Read-only devices
/// and those that the host uses have their own rules.
/// </summary>
internal sealed class UnusableRule() : NvdimmRule(NvdimmCodes.Unusable, Severity.Error, NvdimmOperation.Attach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        let findings = Findings(device).ToValueList()
        where findings.Count > 0
        select Violation(("device", device.Name), ("codes", Reasons.Codes(findings)), ("reasons", Reasons.Texts(findings)));

    private static IEnumerable<Finding> Findings(NvdimmDevice device) => device.IsUsable
        ? Unlisted(device)
        : device.Findings
            .Where(finding => finding is { Severity: Severity.Error, Code: not (NvdimmCodes.ReadOnly or NvdimmCodes.InUseByHost) })
            .Select(finding => finding["device"] is null ? finding with { Arguments = [("device", device.Name), .. finding.Arguments] } : finding);

    /// <summary>What a parser would have said of such a device. Where it has said anything that makes the device unusable, that is the reason.</summary>
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
                yield return Finding.Error(NvdimmCodes.DaxNotDevdax, ("device", device.Name), ("chardev", dax.CharDevice), ("use", "the mode famfs"));
            }
            else if (dax.IsDisabled)
            {
                yield return Finding.Error(NvdimmCodes.DaxDisabled, ("device", device.Name), ("chardev", dax.CharDevice));
            }
        }
    }
}
