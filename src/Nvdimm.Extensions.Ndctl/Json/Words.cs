namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>The words that stand in many namespaces, as one text each.</summary>
internal static class Words
{
    /// <summary>The shared text of a known word; any other text as it is.</summary>
    public static string Shared(string text) => text switch
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
