namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>Words that many namespaces have, each as one shared string.</summary>
internal static class SharedTexts
{
    /// <summary>Returns the shared string of a known word; any other text unchanged.</summary>
    public static string Of(string text) => text switch
    {
        "raw" => "raw",
        "sector" => "sector",
        "fsdax" => "fsdax",
        "memory" => "memory",
        "devdax" => "devdax",
        "dax" => "dax",
        "system-ram" => "system-ram",
        "famfs" => "famfs",
        "none" => "none",
        "mem" => "mem",
        "dev" => "dev",
        "disabled" => "disabled",
        _ => text,
    };
}
