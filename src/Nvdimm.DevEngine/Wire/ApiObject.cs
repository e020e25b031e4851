using System.Globalization;

namespace Nvdimm.DevEngine.Wire;

/// <summary>An entity or a collection of the API, independent of XML and JSON.</summary>
/// <param name="name">The name of the XML element, such as <c>vm</c>.</param>
internal sealed class ApiObject(string name)
{
    private readonly List<ApiField> fields = [];
    private readonly List<ApiObject> links = [];
    private readonly Dictionary<string, string> followedNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ApiObject> followed = new(StringComparer.Ordinal);

    /// <summary>The name of the XML element; JSON has no root.</summary>
    public string Name { get; } = name;

    /// <summary>The values that are attributes in XML: href, id, rel.</summary>
    public List<KeyValuePair<string, string>> Attributes { get; } = [];

    /// <summary>All other fields, in order; links come last.</summary>
    public IEnumerable<ApiField> Fields => links.Count == 0 ? fields : [.. fields, new ApiField.Several("link", links)];

    /// <summary>A collection of entities.</summary>
    public static ApiObject Collection(string name, string item, IEnumerable<ApiObject> items)
    {
        var collection = new ApiObject(name);
        collection.fields.Add(new ApiField.Several(item, [.. items]));
        return collection;
    }

    /// <summary>A reference to an entity: its id and its URL.</summary>
    public static ApiObject Reference(string name, string href, string id) => new ApiObject(name).With("href", href).With("id", id);

    /// <summary>Adds an attribute.</summary>
    public ApiObject With(string attribute, string value)
    {
        Attributes.Add(KeyValuePair.Create(attribute, value));
        return this;
    }

    /// <summary>Adds a text; nothing if it is null.</summary>
    public ApiObject Text(string field, string? value)
    {
        if (value is not null)
        {
            fields.Add(new ApiField.Text(field, value));
        }

        return this;
    }

    /// <summary>Adds a whole number.</summary>
    public ApiObject Number(string field, long value) => Text(field, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a boolean.</summary>
    public ApiObject Flag(string field, bool value) => Text(field, value ? "true" : "false");

    /// <summary>Adds a moment.</summary>
    public ApiObject Moment(string field, DateTimeOffset value)
    {
        fields.Add(new ApiField.Moment(field, value));
        return this;
    }

    /// <summary>Adds an entity under its own name; nothing if it is null.</summary>
    public ApiObject Child(ApiObject? child)
    {
        if (child is not null)
        {
            fields.Add(new ApiField.Single(child.Name, child));
        }

        return this;
    }

    /// <summary>Adds repeated texts.</summary>
    public ApiObject Texts(string field, IEnumerable<string> values)
    {
        fields.Add(new ApiField.Texts(field, [.. values]));
        return this;
    }

    /// <summary>Adds repeated entities of one name.</summary>
    public ApiObject Several(string field, IEnumerable<ApiObject> values)
    {
        fields.Add(new ApiField.Several(field, [.. values]));
        return this;
    }

    /// <summary>Adds a link to a collection of the entity.</summary>
    /// <param name="rel">The name of the link, such as <c>hostdevices</c>.</param>
    /// <param name="href">The target of the link.</param>
    /// <param name="field">
    /// The name of the field that replaces the link when it is followed, such as <c>host_devices</c>. It is the name in the API's model,
    /// which can differ from the collection's name (<c>devices</c> of a host are <c>host_devices</c>). Null if it is the name of the link.
    /// </param>
    public ApiObject Link(string rel, string href, string? field = null)
    {
        links.Add(new ApiObject("link").With("href", href).With("rel", rel));
        followedNames[rel] = field ?? rel;
        return this;
    }

    /// <summary>Adds the links of the entity's actions.</summary>
    public ApiObject Actions(string href, params ReadOnlySpan<string> actions)
    {
        var list = new ApiObject("actions");
        foreach (var action in actions)
        {
            list.Link(action, $"{href}/{action}");
        }

        return Child(list);
    }

    /// <summary>The value of an attribute; null if there is none.</summary>
    public string? Attribute(string attribute) => Attributes.Find(pair => pair.Key == attribute).Value;

    /// <summary>The entities of a collection.</summary>
    public IReadOnlyList<ApiObject>? Items =>
        fields is [ApiField.Several several] && links.Count == 0 && Attributes.Count == 0 ? several.Values : null;

    /// <summary>The entity that replaced a link; null if none did.</summary>
    public ApiObject? Followed(string rel) => followed.GetValueOrDefault(Plain(rel));

    /// <summary>The target of a link or a reference; null if there is none with that name.</summary>
    public string? TargetOf(string rel) => (LinkOf(rel) ?? ReferenceOf(rel))?.Attribute("href");

    /// <summary>Replaces a link or reference by its target.</summary>
    public void Replace(string rel, ApiObject target)
    {
        followed.Add(Plain(rel), target);
        if (LinkOf(rel) is { } link)
        {
            links.Remove(link);
            fields.Add(new ApiField.Single(followedNames[link.Attribute("rel")!], target));
        }
        else if (ReferenceOf(rel) is { } reference)
        {
            fields[fields.FindIndex(field => field is ApiField.Single single && single.Value == reference)] = new ApiField.Single(
                reference.Name, target);
        }
    }

    /// <summary>The collection with its first entities only.</summary>
    public ApiObject Take(int count)
    {
        if (Items is { } items && fields is [ApiField.Several several])
        {
            fields[0] = several with { Values = [.. items.Take(count)] };
        }

        return this;
    }

    /// <summary>The link with a name, or with the field name that it gets when followed.</summary>
    private ApiObject? LinkOf(string rel) =>
        links.Find(link => Plain(link.Attribute("rel")!) == Plain(rel) || Plain(followedNames[link.Attribute("rel")!]) == Plain(rel));

    private ApiObject? ReferenceOf(string rel) =>
        fields.OfType<ApiField.Single>().FirstOrDefault(field => Plain(field.Name) == Plain(rel))?.Value;

    private static string Plain(string rel) => rel.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
