namespace Nvdimm.Extensions.Tests.DomainXml;

/// <summary>Domains of x86_64, in several layouts of text.</summary>
internal static class DomainTexts
{
    public static readonly string[] All =
    [
        TestFiles.Text("domain", "ovirt-x86.xml"),
        TestFiles.Text("domain", "ovirt-x86-no-maxmemory.xml"),
        TestFiles.Text("domain", "pretty-with-dimm.xml"),
        DomainSamples.Minimal,
    ];
}
