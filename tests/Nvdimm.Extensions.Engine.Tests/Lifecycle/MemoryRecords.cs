using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Management;

namespace Nvdimm.Extensions.Engine.Tests.Lifecycle;

/// <summary>A record in memory, which can be lost and can fail.</summary>
internal sealed class MemoryRecords : IAttachmentRecords
{
    private readonly Dictionary<string, ValueList<AttachedHostDevice>> noted = new(StringComparer.Ordinal);

    /// <summary>How many changes go well before the record fails.</summary>
    public int Writes { get; set; } = int.MaxValue;

    public void Lose() => noted.Clear();

    public bool Has(string vm, Guid uuid) => noted.GetValueOrDefault(vm, []).Any(device => device.Identity == $"{uuid}");

    public Task<IReadOnlyDictionary<string, ValueList<AttachedHostDevice>>> ReadAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyDictionary<string, ValueList<AttachedHostDevice>>>(new Dictionary<string, ValueList<AttachedHostDevice>>(noted, StringComparer.Ordinal));

    public Task ChangeAsync(string vmId, Func<ValueList<AttachedHostDevice>, ValueList<AttachedHostDevice>> change, CancellationToken cancellationToken = default)
    {
        if (Writes-- <= 0)
        {
            return Task.FromException(new IOException("the disk is full"));
        }

        noted[vmId] = change(noted.GetValueOrDefault(vmId, []));
        return Task.CompletedTask;
    }
}
