namespace Nvdimm.DevEngine;

/// <summary>Files inside the program.</summary>
internal static class Resource
{
    /// <summary>Opens a file; null if there is none with that name.</summary>
    public static Stream? Open(string name) => typeof(Resource).Assembly.GetManifestResourceStream(name);

    /// <summary>Reads the text of a file.</summary>
    public static string Text(string name)
    {
        using var reader = new StreamReader(Open(name) ?? throw new ArgumentException($"There is no resource {name}", nameof(name)));
        return reader.ReadToEnd();
    }
}
