namespace Nvdimm.DevEngine;

/// <summary>What the program prints once it listens: its address, who can log in, and where the password is.</summary>
internal static class StartupMessage
{
    /// <summary>The lines. The first address is the one to open; each line has one name and one value.</summary>
    /// <param name="urls">The URLs that the engine listens on.</param>
    /// <param name="options">The engine's options.</param>
    /// <param name="password">The place of the administrator's password, or the password itself at the first start.</param>
    public static IEnumerable<string> Of(IEnumerable<string> urls, DevEngineOptions options, string password)
    {
        foreach (var url in urls)
        {
            yield return $"Page      {url}/";
            yield return $"API       {url}/ovirt-engine/api";
        }

        yield return $"User      {Auth.EngineUser.Admin.Name}";
        yield return $"Password  {password}";
        yield return $"Database  {options.Database}";
        yield return "Stop it with Ctrl+C. One line follows for each request.";
    }
}
