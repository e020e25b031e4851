using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Policy.Rules;

/// <summary>
/// The device has no finding that is an error, and what it says of itself is what a VM can use, whoever made the description. Read-only devices
/// and those that the host uses have their own rules.
/// </summary>
internal sealed class UnusableRule() : NvdimmRule(NvdimmCodes.Unusable, Severity.Error, NvdimmOperation.Attach, NvdimmOperation.Start)
{
    internal override IEnumerable<Finding> Check(PolicyContext context) =>
        from device in context.Devices
        let reasons = string.Join(", ", Reasons(device).Distinct(StringComparer.Ordinal))
        where reasons.Length > 0
        select Violation(("device", device.Name), ("reasons", reasons));

    private static IEnumerable<string> Reasons(NvdimmDevice device) => device.IsUsable
        ? Unlisted(device)
        : device.Findings
            .Where(finding => finding is { Severity: Severity.Error, Code: not (NvdimmCodes.ReadOnly or NvdimmCodes.InUseByHost) })
            .Select(finding => finding.Code);

    /// <summary>What a parser would have said of such a device. Where it has said anything that makes the device unusable, that is the reason.</summary>
    private static IEnumerable<string> Unlisted(NvdimmDevice device)
    {
        if (device.IsDisabled)
        {
            yield return NvdimmCodes.NamespaceDisabled;
        }

        if (device.Path is null)
        {
            yield return NvdimmCodes.NoDevicePath;
        }

        if (device.Size is null)
        {
            yield return NvdimmCodes.NdctlMissingKey;
        }

        if (device is { Mode: NamespaceMode.Unknown, File: null })
        {
            yield return NvdimmCodes.NdctlUnknownMode;
        }

        foreach (var dax in device.DaxDevices)
        {
            if (dax.Mode is DaxDeviceMode.SystemRam or DaxDeviceMode.Famfs)
            {
                yield return dax.Mode == DaxDeviceMode.SystemRam ? NvdimmCodes.DaxSystemRam : NvdimmCodes.DaxNotDevdax;
            }
            else if (dax.IsDisabled)
            {
                yield return NvdimmCodes.DaxDisabled;
            }
        }
    }
}
