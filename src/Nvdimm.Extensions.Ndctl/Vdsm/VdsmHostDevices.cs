using System.Globalization;
using Newtonsoft.Json;
using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Ndctl.Vdsm;

/// <summary>
/// Writes a listing in the form in which VDSM reports NVDIMMs to the engine (VDSM 4.5, <c>lib/vdsm/common/hostdev.py</c>,
/// <c>list_nvdimms</c>). Safe for use by several threads.
/// </summary>
/// <remarks>
/// The entries and values are those of VDSM for every listing that VDSM can read. VDSM reads namespaces only in the array at the top,
/// reports those with a device file whether they are usable or not, and reports nothing for a listing that is not JSON. There are two
/// differences. A namespace of 0 bytes, which no VM can use, is left out, so that the engine never gets a size of 0. A devdax namespace of
/// an ndctl before 64 has the alignment of its dax region, where VDSM has none. Where VDSM would fail as a whole, an object at the top
/// gives no entries, and an entry with a missing value is written without it.
/// </remarks>
public static class VdsmHostDevices
{
    /// <summary>Writes <c>{"namespace0.0": {"params": {…}}}</c>.</summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="IOException">The writer fails.</exception>
    public static void Write(NdctlListing listing, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(listing);
        ArgumentNullException.ThrowIfNull(writer);
        using var json = new JsonTextWriter(writer) { Formatting = Formatting.Indented, CloseOutput = false };
        json.WriteStartObject();
        foreach (var device in Reported(listing))
        {
            json.WritePropertyName(device.Name);
            json.WriteStartObject();
            json.WritePropertyName("params");
            WriteParameters(json, device);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>As <see cref="Write(NdctlListing, TextWriter)"/>, returned as a text.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="listing"/> is null.</exception>
    public static string ToJson(NdctlListing listing)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        Write(listing, writer);
        return writer.ToString();
    }

    /// <summary>
    /// The devices that VDSM reports. Of several with the same name it reports the last one, at the position of the first.
    /// </summary>
    private static IEnumerable<NvdimmDevice> Reported(NdctlListing listing)
    {
        if (!listing.IsComplete || listing.Shape != NdctlListingShape.Namespaces)
        {
            return [];
        }

        var byName = new OrderedDictionary<string, NvdimmDevice>(StringComparer.Ordinal);
        foreach (var device in listing.Devices.Where(device => device.Path is not null && device.Size != ByteSize.Zero))
        {
            byName[device.Name] = device;
        }

        return byName.Values;
    }

    private static void WriteParameters(JsonTextWriter json, NvdimmDevice device)
    {
        json.WriteStartObject();
        Write(json, "capability", "nvdimm");
        Write(json, "parent", "computer");
        Write(json, "device_path", device.Path);
        Write(json, "numa_node", device.NumaNode);
        Write(json, "mode", device.ReportedMode);
        Write(json, "device_size", device.Size?.Bytes);
        Write(json, "align_size", device.Align?.Bytes);
        json.WriteEndObject();
    }

    private static void Write(JsonTextWriter json, string name, object? value)
    {
        if (value is not null)
        {
            json.WritePropertyName(name);
            json.WriteValue(value);
        }
    }
}
