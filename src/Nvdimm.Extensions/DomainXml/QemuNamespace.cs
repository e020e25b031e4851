using System.Xml.Linq;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>The QEMU options in a domain that libvirt passes on unread.</summary>
internal static class QemuNamespace
{
    private static readonly XNamespace Qemu = "http://libvirt.org/schemas/domain/qemu/1.0";

    /// <summary>The arguments that libvirt appends to QEMU's command line unchanged.</summary>
    public static IEnumerable<string> Arguments(Domain domain) => domain.Root.Elements(Qemu + "commandline").Elements(Qemu + "arg")
        .Select(argument => (string?)argument.Attribute("value") ?? "");

    /// <summary>
    /// The device properties that libvirt from 8.2 on overwrites, each with the alias of its device (libvirt v9.0.0
    /// <c>docs/drvqemu.rst</c>).
    /// </summary>
    public static IEnumerable<(string Alias, string Property, string Value)> Overrides(Domain domain) =>
        from device in domain.Root.Elements(Qemu + "override").Elements(Qemu + "device")
        from property in device.Descendants(Qemu + "property")
        select (
            (string?)device.Attribute("alias") ?? "",
            (string?)property.Attribute("name") ?? "",
            (string?)property.Attribute("value") ?? "");
}
