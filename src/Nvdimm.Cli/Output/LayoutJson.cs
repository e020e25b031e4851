using Newtonsoft.Json;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Output;

/// <summary>A layout for programs.</summary>
internal static class LayoutJson
{
    /// <summary>The members of a layout.</summary>
    public static void Layout(this JsonTextWriter json, NvdimmLayout? layout)
    {
        json.Size("deviceSize", layout?.Request.DeviceSize);
        json.Size("alignSize", layout?.AlignSize?.Size);
        json.Size("targetSize", layout?.TargetSize);
        json.Size("backendSize", layout?.BackendSize);
        json.Size("labelOffset", layout?.LabelOffset);
        json.Size("guestSize", layout?.GuestSize);
        json.Size("memoryBlock", layout?.MemoryBlock?.Size);
        json.Text("persistence", layout is { } backed ? Words.Of(backed.Persistence) : null);
        json.Text("verdict", layout is { } known ? Words.Of(known.Verdict) : null);
        json.Texts("codes", layout?.Codes ?? []);
    }
}
