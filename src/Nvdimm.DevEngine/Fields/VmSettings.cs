using System.Text.Json;
using System.Text.Json.Nodes;
using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Fields;

/// <summary>
/// What the engine keeps of a VM as a client wrote it: everything that is neither a column nor a part of its own. Numbers and truth values are texts.
/// </summary>
internal sealed record VmSettings
{
    private VmSettings(ApiInput kept) => Kept = kept;

    /// <summary>Nothing: every setting has its default.</summary>
    public static VmSettings None { get; } = new(ApiInput.Nothing);

    /// <summary>The fields, by the names of the API.</summary>
    public ApiInput Kept { get; }

    /// <summary>How vCPUs are pinned, by the API's word, such as <c>dedicated</c>.</summary>
    public string CpuPinningPolicy => Kept.Text("cpu_pinning_policy") ?? "none";

    /// <summary>Whether vCPUs can be plugged (oVirt Engine 4.5, <c>FeatureSupported.hotPlugCpu</c>).</summary>
    public bool CanPlugCpus => CpuPinningPolicy is "none" or "manual";

    /// <summary>How many vCPUs the VM has, from 1; -1 where they are too many for a number.</summary>
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

    /// <summary>Settings of the database.</summary>
    public static VmSettings Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new VmSettings(ApiBody.Input(document.RootElement));
    }

    /// <summary>These with other fields.</summary>
    public VmSettings With(IEnumerable<ApiInput> fields) => new(Kept with { Parts = [.. fields] });

    /// <summary>For the database.</summary>
    public string Write() => Of(Kept).ToJsonString();

    private static JsonNode Of(ApiInput input) => input.Value is { } text
        ? JsonValue.Create(text)
        : new JsonObject(input.Parts.GroupBy(part => part.Name, StringComparer.Ordinal).Select(alike =>
            KeyValuePair.Create(alike.Key, (JsonNode?)(alike.Count() == 1 ? Of(alike.First()) : new JsonArray([.. alike.Select(Of)])))));
}
