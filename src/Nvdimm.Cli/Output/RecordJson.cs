using Newtonsoft.Json;
using Nvdimm.Cli.Terminal;
using Nvdimm.Extensions;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Cli.Output;

/// <summary>Writes records as JSON: the fields of the ledger's own format, with the arguments of findings as an object.</summary>
internal sealed class RecordJson(JsonTextWriter json) : IRecordWriter
{
    /// <inheritdoc/>
    public void Text(string name, string? value) => json.Text(name, value);

    /// <inheritdoc/>
    public void Number(string name, long? value) => json.Number(name, value);

    /// <inheritdoc/>
    public void Texts(string name, ValueList<string>? values)
    {
        if (values is null)
        {
            json.Text(name, value: null);
        }
        else
        {
            json.Texts(name, values);
        }
    }

    /// <inheritdoc/>
    public void Numbers(string name, IEnumerable<long>? values)
    {
        if (values is null)
        {
            json.Number(name, value: null);
        }
        else
        {
            json.Array(name, values, value => json.WriteValue(value));
        }
    }

    /// <inheritdoc/>
    public void Arguments(string name, ValueList<FindingArgument> arguments) => Part(name, () =>
    {
        foreach (var argument in arguments)
        {
            json.Text(argument.Name, argument.Value);
        }
    });

    /// <inheritdoc/>
    public void Part(string name, Action? members)
    {
        json.WritePropertyName(name);
        if (members is null)
        {
            json.WriteNull();
        }
        else
        {
            json.Object(members);
        }
    }

    /// <inheritdoc/>
    public void Parts(string name, IEnumerable<Action> items) => json.Array(name, items, json.Object);
}
