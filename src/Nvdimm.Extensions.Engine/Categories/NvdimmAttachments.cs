using System.Globalization;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ownership;
using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Engine.Categories;

/// <summary>Converts attachments to the policy's types.</summary>
internal static class NvdimmAttachments
{
    private static readonly string[] UuidForms = ["D", "N", "B", "P", "X"];

    /// <summary>Returns the NVDIMMs among attachments.</summary>
    /// <param name="devices">The attachments.</param>
    /// <param name="hostName">Gives the name of a host if it is known, otherwise its id.</param>
    public static ValueList<AttachedNvdimm> Of(ValueList<AttachedHostDevice> devices, Func<string, string> hostName) =>
        devices.Where(IsOurs).Select(device => Of(device, hostName)).ToValueList();

    /// <summary>Converts an attachment. Every form of a UUID is read; an identity that is not a UUID matches no device.</summary>
    public static AttachedNvdimm Of(AttachedHostDevice device, Func<string, string> hostName)
    {
        var uuid = Uuid(device.Identity);
        return new AttachedNvdimm(device.Name, uuid)
        {
            UnreadIdentity = uuid is null && !string.IsNullOrWhiteSpace(device.Identity) ? device.Identity : null,
            RecordedFacts = device.HostId is null && device.Details.Count == 0 ? null : Facts(device, hostName),
        };
    }

    /// <summary>Converts an attachment, with the id of its host in place of a name.</summary>
    public static AttachedNvdimm ById(AttachedHostDevice device) => Of(device, hostId => hostId);

    /// <summary>
    /// Whether an attachment is of this category. If the engine does not state the category, the kernel's name for a namespace decides: an
    /// attachment that is left out would count as free.
    /// </summary>
    public static bool IsOurs(AttachedHostDevice device) =>
        string.Equals(device.Capability, NvdimmCategory.CapabilityName, StringComparison.Ordinal)
        || (device.Capability.Length == 0 && device.Name.StartsWith("namespace", StringComparison.Ordinal));

    /// <summary>
    /// Whether two attachments are of the same device as far as is known, so that one replaces the other in a record. With equal names, a
    /// device that may be the same counts as the same.
    /// </summary>
    public static bool IsSame(AttachedHostDevice one, AttachedHostDevice other)
    {
        var sameness = Sameness.Compare(ById(one).Facts, ById(other).Facts);
        return IsOurs(one) && IsOurs(other)
            && (sameness.IsSame || (!sameness.IsOther && string.Equals(one.Name, other.Name, StringComparison.Ordinal)));
    }

    /// <summary>Reads a UUID in any of its usual forms; null if the text is none.</summary>
    public static Guid? Uuid(string? text)
    {
        foreach (var form in UuidForms)
        {
            if (Guid.TryParseExact(text, form, out var uuid))
            {
                return uuid;
            }
        }

        return null;
    }

    /// <summary>The recorded facts beside name and UUID.</summary>
    private static DeviceFacts Facts(AttachedHostDevice device, Func<string, string> hostName) => new(device.Name)
    {
        Host = device.HostId is { } id ? hostName(id) : null,
        RawUuid = Uuid(Detail(device, NvdimmListings.RawUuid)),
        Path = Detail(device, NvdimmListings.Path),
        Size = long.TryParse(Detail(device, NvdimmListings.Size), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? ByteSize.FromBytes(bytes)
            : null,
        Mode = Enum.TryParse<NamespaceMode>(Detail(device, NvdimmListings.Mode), ignoreCase: true, out var mode) && Enum.IsDefined(mode)
            ? mode
            : NamespaceMode.Unknown,
    };

    private static string? Detail(AttachedHostDevice device, string name) =>
        device.Details.FirstOrDefault(detail => string.Equals(detail.Name, name, StringComparison.Ordinal)).Value;
}
