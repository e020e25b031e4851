using Newtonsoft.Json;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Cli.Output;

/// <summary>Writes a layout as JSON.</summary>
internal static class LayoutJson
{
    /// <summary>The members of a layout; after a refusal the figures computed so far; all null if nothing was sized.</summary>
    public static void Layout(this JsonTextWriter json, SizingResult? sized)
    {
        var layout = sized?.Layout;
        json.Size("deviceSize", sized?.Request.DeviceSize);
        json.Size("alignSize", sized?.AlignSize?.Size);
        json.Size("targetSize", sized?.TargetSize);
        json.Size("backendSize", sized?.BackendSize);
        json.Size("labelOffset", layout?.LabelOffset);
        json.Size("guestSize", layout?.GuestSize);
        json.Size("memoryBlock", sized?.Request.MemoryBlock?.Size);
        json.Text("persistence", sized is { } backed ? EnumWords.Of(backed.Request.Persistence) : null);
        json.Text("verdict", sized is { } sizing ? EnumWords.Of(sizing.Verdict) : null);
        json.Texts("codes", sized?.Codes ?? []);
    }
}
