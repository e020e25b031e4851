using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Ndctl;

namespace Nvdimm.Extensions.DependencyInjection.Inventories;

/// <summary>
/// Reads the output of <c>ndctl list -N -v</c> for each host from the file <c>HOST.json</c> in a folder. Safe for use by several threads.
/// </summary>
/// <param name="folder">The folder.</param>
/// <exception cref="ArgumentNullException"><paramref name="folder"/> is null.</exception>
public sealed class FolderInventory(string folder) : INvdimmInventory
{
    private readonly string folder = folder ?? throw new ArgumentNullException(nameof(folder));

    /// <inheritdoc/>
    public async Task<NvdimmInventory> ReadAsync(HostReference host, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        if (host.Name.AsSpan().ContainsAny('/', '\\', '\0'))
        {
            throw new NvdimmInventoryException(host.Name, "its name cannot be that of a file");
        }

        try
        {
            var file = Path.Combine(folder, $"{host.Name}.json");
            return Listings.Inventory(NdctlParser.Parse(await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false)));
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            // The reason reaches the users of an API, so it has no path of this machine; the cause has it.
            throw new NvdimmInventoryException(host.Name, Reason(unread, $"{host.Name}.json"), unread);
        }
    }

    private static string Reason(Exception unread, string file) => unread switch
    {
        FileNotFoundException or DirectoryNotFoundException => $"there is no file {file} in the folder of the inventory",
        UnauthorizedAccessException => $"the file {file} may not be read",
        _ => $"the file {file} cannot be read",
    };
}
