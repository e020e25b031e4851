using Nvdimm.Extensions;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Host.Hooks;

namespace Nvdimm.Hook.Files;

/// <summary>A cheap test whether a payload can contain an NVDIMM: most VMs have none, and their hooks must cost nothing.</summary>
internal static class NvdimmText
{
    /// <summary>
    /// Whether the text of a domain can contain an NVDIMM: <c>nvdimm</c> is the whole value of an attribute, or character references or a
    /// document type declaration could produce it. The word inside a name or a description does not count. libvirt ignores a declared
    /// encoding and reads every domain as UTF-8.
    /// </summary>
    public static bool MayBeIn(ReadOnlySpan<byte> domainXml) =>
        domainXml.IndexOf("\"nvdimm\""u8) >= 0 || domainXml.IndexOf("'nvdimm'"u8) >= 0 || MayBeMadeUp(domainXml)
        || (domainXml.Contains((byte)0) && MayBeInWide(domainXml));

    private static bool MayBeMadeUp(ReadOnlySpan<byte> domainXml) =>
        domainXml.IndexOf("&#"u8) >= 0 || domainXml.IndexOf("<!DOCTYPE"u8) >= 0;

    /// <summary>As above, for UTF-16 and UTF-32. VDSM never writes these, but they are no reason to stop a VM without NVDIMMs.</summary>
    private static bool MayBeInWide(ReadOnlySpan<byte> domainXml) =>
        domainXml.IndexOf("n\0v\0d\0i\0m\0m"u8) >= 0 || domainXml.IndexOf("&\0#"u8) >= 0
        || domainXml.IndexOf("n\0\0\0v\0\0\0d\0\0\0i\0\0\0m\0\0\0m"u8) >= 0 || domainXml.IndexOf("&\0\0\0#"u8) >= 0;

    /// <summary>
    /// Whether the text can contain a virtio-pmem device, or QEMU arguments or overrides, in which a device can be spelled in many ways.
    /// </summary>
    private static bool MayHaveOthers(ReadOnlySpan<byte> domainXml) =>
        domainXml.IndexOf("\"virtio-pmem\""u8) >= 0 || domainXml.IndexOf("'virtio-pmem'"u8) >= 0 || domainXml.IndexOf(":commandline"u8) >= 0
        || domainXml.IndexOf("<commandline"u8) >= 0 || domainXml.IndexOf(":override"u8) >= 0 || domainXml.IndexOf("<override"u8) >= 0
        || MayBeMadeUp(domainXml);

    /// <summary>
    /// Reads the NVDIMMs of a payload and everything else that the domain uses as memory; empty if the text cannot contain any.
    /// </summary>
    /// <returns>
    /// The domain, its NVDIMMs, the other files that it uses as memory, and findings for what could not be read. No domain if its text
    /// cannot be read, which a finding says, or if it cannot contain any.
    /// </returns>
    /// <exception cref="HookException">The payload cannot be read.</exception>
    public static (Domain? Domain, ValueList<NvdimmElement> Elements, ValueList<DomainDeviceUse> Others, ValueList<Finding> Unread) Read(
        Payload payload)
    {
        var bytes = payload.Read();
        var mayHaveOthers = MayHaveOthers(bytes);
        if (!mayHaveOthers && !MayBeIn(bytes))
        {
            return (null, [], [], []);
        }

        var parsed = Domain.Parse(payload.TextOf(bytes));
        if (parsed.Domain is not { } domain)
        {
            return (null, [], [], parsed.Findings);
        }

        var read = DomainNvdimms.Read(domain);
        var uses = mayHaveOthers ? DomainDeviceUses.Read(domain) : new DomainDeviceUsesResult([], []);
        var others = uses.Uses.Where(use => use is { IsMemory: true, Kind: not DomainUseKind.Nvdimm }).ToValueList();
        return (domain, read.Elements, others, read.Findings.Union(uses.Findings).ToValueList());
    }
}
