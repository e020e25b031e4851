using System.Globalization;
using System.Text;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Lab.Tests;

/// <summary>What a guest has left in <c>/out</c>.</summary>
/// <param name="Files">Its files, byte for byte, by path.</param>
internal sealed record GuestResult(IReadOnlyDictionary<string, byte[]> Files)
{
    /// <summary>A file as text, without the white space around it.</summary>
    public string Text(string name) => Encoding.UTF8.GetString(Files[name]).Trim();

    /// <summary>A file that is a number of bytes.</summary>
    public ByteSize Size(string name) => ByteSize.FromBytes(long.Parse(Text(name), CultureInfo.InvariantCulture));

    /// <summary>A file that is a listing of ndctl; our parser must read it to the end and find nothing odd but these codes.</summary>
    public ValueList<NvdimmDevice> Devices(string name, params string[] codes)
    {
        var listing = NdctlParser.Parse(Files[name]);
        Assert.That(listing.IsComplete, Is.True, Text(name));
        Assert.That(listing.AllFindings.Select(finding => finding.Code), Is.EqualTo(codes), Text(name));
        return listing.Devices;
    }
}
