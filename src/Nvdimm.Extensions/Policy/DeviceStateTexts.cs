namespace Nvdimm.Extensions.Policy;

/// <summary>Short reasons why a device is not usable, for a column of a table. No other file has these words.</summary>
internal static class DeviceStateTexts
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        [NvdimmCodes.NamespaceDisabled] = "disabled",
        [NvdimmCodes.DriverNotBound] = "no driver",
        [NvdimmCodes.SeedNamespace] = "empty",
        [NvdimmCodes.NoDevicePath] = "no device file",
        [NvdimmCodes.ReadOnly] = "read-only",
        [NvdimmCodes.ZeroSize] = "0 bytes",
        [NvdimmCodes.RawAreaOffered] = "superblock not read",
        [NvdimmCodes.DaxDisabled] = "dax device disabled",
        [NvdimmCodes.DaxSystemRam] = "system RAM",
        [NvdimmCodes.DaxNotDevdax] = "dax device in another mode",
        [NvdimmCodes.DaxSizeMismatch] = "several dax devices",
        [NvdimmCodes.DaxAlignMismatch] = "alignment unclear",
        [NvdimmCodes.DuplicateUuid] = "uuid not unique",
        [NvdimmCodes.DuplicatePath] = "path not unique",
        [NvdimmCodes.NdctlDuplicateDevice] = "name not unique",
        [NvdimmCodes.NdctlDuplicateKey] = "listing contradicts itself",
        [NvdimmCodes.AmbiguousDevice] = "name not unique",
        [NvdimmCodes.NdctlUnknownMode] = "unknown mode",
        [NvdimmCodes.NdctlUnknownValue] = "unknown value in the listing",
        [NvdimmCodes.NdctlBadValue] = "bad value in the listing",
        [NvdimmCodes.NdctlHumanSize] = "size rounded in the listing",
        [NvdimmCodes.NdctlMissingKey] = "listing incomplete",
        [NvdimmCodes.NdctlInvalidText] = "listing not UTF-8",
        [NvdimmCodes.NdctlMalformed] = "listing unreadable",
        [NvdimmCodes.NdctlTooLarge] = "listing too large",
        [NvdimmCodes.NdctlOtherProgram] = "listing of another program",
        [NvdimmCodes.DimmFailed] = "DIMM failed",
        [NvdimmCodes.DimmHealth] = "DIMM unhealthy",
        [NvdimmCodes.NoStableGuestUuid] = "no uuid",
        [NvdimmCodes.HostUseUnknown] = "use by the host unknown",
        [NvdimmCodes.NotOnHost] = "not on the host",
        [NvdimmCodes.InventoryUnavailable] = "host does not answer",
        [NvdimmCodes.NotReportedByEngine] = "not reported by the engine",
        [NvdimmCodes.ArchitectureUnsupported] = "architecture not supported",
        [NvdimmCodes.SizeOutOfRange] = "size out of range",
        [NvdimmCodes.LabelTooSmall] = "label too small",
        [NvdimmCodes.LabelNotKiB] = "label not in KiB",
        [NvdimmCodes.AlignNotPowerOfTwo] = "alignment not a power of two",
        [NvdimmCodes.AlignBelowPage] = "alignment below the page size",
        [NvdimmCodes.AlignIncompatible] = "alignment incompatible",
        [NvdimmCodes.DevdaxNotMultiple] = "size does not fit its alignment",
        [NvdimmCodes.DevdaxAlignUnknown] = "alignment unknown",
        [NvdimmCodes.DeviceTooSmall] = "too small",
        [NvdimmCodes.BelowLibvirtMinimum] = "too small",
        [NvdimmCodes.LargerThanDevice] = "size does not fit",
    };

    /// <summary>The state of a device in words. A code without words is shown as it is.</summary>
    public static string Of(DeviceAvailability device) => device.State switch
    {
        DeviceState.Free => device.Device is { Uuid: null, File: null } ? "free, no uuid" : "free",
        DeviceState.InUseByVm => $"in use by VM {string.Join(", ", device.Users)}",
        DeviceState.InUseByHost => $"in use by the host ({string.Join(", ", device.Users)})",
        DeviceState.TooSmall => "too small",
        _ => $"not usable: {string.Join(", ", Reasons(device))}",
    };

    private static IEnumerable<string> Reasons(DeviceAvailability device) =>
        device.Reasons.Select(reason => Words.GetValueOrDefault(reason.Code, reason.Code)).Distinct(StringComparer.Ordinal);
}
