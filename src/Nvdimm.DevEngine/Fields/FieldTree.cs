using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Fields;

/// <summary>Combines fields by their paths into nested entities, in the order of their arrival.</summary>
internal sealed class FieldTree
{
    private readonly List<(string Name, object Value)> parts = [];

    /// <summary>Adds a text; at each path the first text wins.</summary>
    public FieldTree Add(string path, string? text) => text is null ? this : Add(path.Split('.'), text);

    /// <summary>Adds everything inside a field as it was sent.</summary>
    public FieldTree Add(string path, ApiInput? sent) => sent is null ? this : Add(path.Split('.'), sent);

    /// <summary>Adds an entity.</summary>
    public FieldTree Add(string path, ApiObject? entity) => entity is null ? this : Add(path.Split('.'), entity);

    /// <summary>Adds the tree to an entity.</summary>
    public ApiObject Into(ApiObject view)
    {
        foreach (var (name, value) in parts)
        {
            _ = value switch
            {
                string text => view.Text(name, text),
                ApiInput { Value: { } text } => view.Text(name, text),
                ApiInput sent => view.Child(View(sent)),
                ApiObject entity => view.Child(entity),
                _ => view.Child(((FieldTree)value).Into(new ApiObject(name))),
            };
        }

        return view;
    }

    private FieldTree Add(ReadOnlySpan<string> path, object value)
    {
        var name = path[0];
        var place = parts.FindIndex(part => part.Name == name);
        if (path.Length == 1)
        {
            if (place < 0)
            {
                parts.Add((name, value));
            }

            return this;
        }

        if (place < 0)
        {
            parts.Add((name, new FieldTree()));
            place = parts.Count - 1;
        }

        ((FieldTree)parts[place].Value).Add(path[1..], value);
        return this;
    }

    /// <summary>A sent field as an entity. A field whose name is the plural of another is a list of it, even with one item.</summary>
    private static ApiObject View(ApiInput sent)
    {
        var view = new ApiObject(sent.Name);
        foreach (var alike in sent.Parts.GroupBy(part => part.Name, StringComparer.Ordinal))
        {
            var isList = alike.Count() > 1 || sent.Name == $"{alike.Key}s" || sent.Name == $"{alike.Key[..^1]}ies";
            var texts = alike.Select(part => part.Value).ToList();
            _ = (isList, texts.TrueForAll(text => text is not null)) switch
            {
                (true, true) => view.Texts(alike.Key, texts.OfType<string>()),
                (true, false) => view.Several(alike.Key, alike.Select(View)),
                (false, true) => view.Text(alike.Key, texts[0]),
                _ => view.Child(View(alike.First())),
            };
        }

        return view;
    }
}
