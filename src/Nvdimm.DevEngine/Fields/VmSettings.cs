using System.Text.Json;
using System.Text.Json.Nodes;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Fields;

/// <summary>
/// The settings of a VM as clients wrote them: everything that is neither a column nor related data. Numbers and booleans are texts.
/// </summary>
internal sealed record VmSettings
{
    private VmSettings(ApiInput kept) => Kept = kept;

    /// <summary>No settings: each has its default.</summary>
    public static VmSettings None { get; } = new(ApiInput.Nothing);

    /// <summary>
    /// The change of a VM that gets vCPUs and NUMA nodes for its host (oVirt Engine 4.5, <c>VmMapper</c>, which shows the policy under both
    /// names).
    /// </summary>
    public static ApiInput ResizedAndPinned { get; } = new(
        "vm",
        null,
        [new ApiInput("cpu_pinning_policy", "resize_and_pin_numa", []), new ApiInput("auto_pinning_policy", "adjust", [])]);

    /// <summary>The fields, by their names in the API.</summary>
    public ApiInput Kept { get; }

    /// <summary>The vCPU pinning policy in the API's word, such as <c>dedicated</c>.</summary>
    public string CpuPinningPolicy => Kept.Text("cpu_pinning_policy") ?? "none";

    /// <summary>Whether vCPUs can be hot-plugged (oVirt Engine 4.5, <c>FeatureSupported.hotPlugCpu</c>).</summary>
    public bool CanPlugCpus => CpuPinningPolicy is "none" or "manual";

    /// <summary>The number of vCPUs, from 1; -1 if it exceeds the range of the type.</summary>
    public int Cpus
    {
        get
        {
            var product = (UInt128)1;
            foreach (var unit in (ReadOnlySpan<string>)["sockets", "cores", "threads"])
            {
                product *= (UInt128)(Kept.Number("cpu", "topology", unit) ?? 1);
            }

            return product <= int.MaxValue ? (int)product : -1;
        }
    }

    /// <summary>Reads settings from the database's JSON.</summary>
    public static VmSettings Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new VmSettings(ApiBody.Input(document.RootElement));
    }

    /// <summary>These settings with other fields.</summary>
    public VmSettings With(IEnumerable<ApiInput> fields) => new(Kept with { Parts = [.. fields] });

    /// <summary>The JSON for the database.</summary>
    public string Write() => Of(Kept).ToJsonString();

    private static JsonNode Of(ApiInput input) => input.Value is { } text
        ? JsonValue.Create(text)
        : new JsonObject(input.Parts.GroupBy(part => part.Name, StringComparer.Ordinal).Select(alike =>
            KeyValuePair.Create(alike.Key, (JsonNode?)(alike.Count() == 1 ? Of(alike.First()) : new JsonArray([.. alike.Select(Of)])))));
}
