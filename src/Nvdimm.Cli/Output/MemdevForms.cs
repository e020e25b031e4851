using System.Globalization;
using Nvdimm.Extensions;
using Nvdimm.Extensions.DomainXml;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Output;

/// <summary>One NVDIMM in the forms that other programs take, with the exact figures of its layout.</summary>
/// <param name="Element">The NVDIMM as libvirt's XML element.</param>
/// <param name="Layout">The layout of the NVDIMM.</param>
/// <param name="Index">The number of this NVDIMM among the printed ones, from 0.</param>
internal sealed record MemdevForms(NvdimmElement Element, NvdimmLayout Layout, int Index)
{
    /// <summary>
    /// Whether virt-install accepts the path: it accepts no comma in it, in any spelling (virt-install 4.1, measured). QEMU accepts a
    /// doubled comma.
    /// </summary>
    public bool IsForVirtInstall => !Element.Path.Contains(',', StringComparison.Ordinal);

    /// <summary>
    /// The value of virt-install's <c>--memdev</c>. Its own keys for sizes take only whole MiB, which a label of 128 KiB is not. So the
    /// sizes are set by XPath, in libvirt's KiB (virt-install 4.1 <c>virtinst/cli.py</c>, ParserMemdev).
    /// </summary>
    public string VirtInstall
    {
        get
        {
            List<string> parts =
            [
                "nvdimm",
                .. Element.Access is { } access ? new[] { access == NvdimmAccess.Shared ? "access=shared" : "access=private" } : [],
                .. Element.Uuid is { } uuid ? new[] { $"uuid={uuid:D}" } : [],
                $"source.path={Element.Path}",
                .. Element.IsPmem ? new[] { "source.pmem=on" } : [],
                .. Element.GuestNode is { } node ? new[] { $"target.node={Text(node)}" } : [],
            ];
            (string Path, ByteSize? Size)[] sizes =
                [("./source/alignsize", Element.AlignSize), ("./target/size", Element.TargetSize),
                 ("./target/label/size", Element.LabelSize)];
            var number = 0;
            foreach (var (path, size) in sizes)
            {
                if (size is { } value)
                {
                    number++;
                    parts.Add($"xpath{Text(number)}.set={path}");
                    parts.Add($"xpath{Text(number)}.value={Text(value.ToKiBExact())}");
                }
            }

            return string.Join(',', parts);
        }
    }

    /// <summary>
    /// The value of QEMU's <c>-object</c>. The backend has the size that libvirt would give it, so that both start with the same layout. A
    /// comma in the path is doubled (QEMU v7.2.0 <c>util/keyval.c</c>).
    /// </summary>
    public string QemuObject =>
        $"memory-backend-file,id={Backend},mem-path={Element.Path.Replace(",", ",,", StringComparison.Ordinal)}"
        + $",share={(Element.IsShared ? "on" : "off")},size={Text(Layout.BackendSize.Bytes)}"
        + $"{(Element.AlignSize is { } align ? $",align={Text(align.Bytes)}" : "")}{(Element.IsPmem ? ",pmem=on" : "")}";

    /// <summary>The value of QEMU's <c>-device</c>.</summary>
    public string QemuDevice =>
        $"nvdimm,id=nvdimm{Text(Index)},memdev={Backend}{(Element.LabelSize is { } label ? $",label-size={Text(label.Bytes)}" : "")}"
        + $"{(Element.GuestNode is { } node and > 0 ? $",node={Text(node)}" : "")}{(Element.Uuid is { } uuid ? $",uuid={uuid:D}" : "")}";

    private string Backend => $"memnvdimm{Text(Index)}";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
