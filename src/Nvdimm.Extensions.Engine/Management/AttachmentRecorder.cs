using Nvdimm.Extensions.Engine.Categories;

namespace Nvdimm.Extensions.Engine.Management;

/// <summary>
/// Changes the attachment record of a VM, one device at a time. A change that has begun is finished even if the caller cancels.
/// </summary>
/// <param name="records">The attachment records; null if there are none.</param>
/// <param name="category">Decides which entries are of the same device.</param>
internal sealed class AttachmentRecorder(IAttachmentRecords? records, IHostDeviceCategory category)
{
    /// <summary>Checks that the record of a VM can be changed, by writing it back unchanged.</summary>
    /// <exception cref="IOException">The record cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The process lacks the rights to write the record.</exception>
    /// <exception cref="InvalidDataException">The record is damaged.</exception>
    public Task EnsureWritableAsync(string vmId, CancellationToken cancellationToken) =>
        records?.ChangeAsync(vmId, recorded => recorded, cancellationToken) ?? Task.CompletedTask;

    /// <summary>Records a device as the last one, and removes earlier entries of the same device.</summary>
    /// <returns>The record as it was, for <see cref="RestoreAsync"/>.</returns>
    public async Task<ValueList<AttachedHostDevice>> AddAsync(string vmId, AttachedHostDevice device)
    {
        ValueList<AttachedHostDevice> before = [];
        await ChangeAsync(vmId, recorded =>
        {
            before = recorded;
            return [.. recorded.Where(other => !category.IsSame(other, device)), device];
        }).ConfigureAwait(false);
        return before;
    }

    /// <summary>
    /// Restores the entries of a device that <see cref="AddAsync"/> removed, each before the entries that followed it: of several entries
    /// with one name, the last is the attached one.
    /// </summary>
    public Task RestoreAsync(string vmId, AttachedHostDevice device, ValueList<AttachedHostDevice> before) => ChangeAsync(vmId, recorded =>
    {
        var restored = recorded.Where(other => !category.IsSame(other, device)).ToList();
        for (var index = before.Count - 1; index >= 0; index--)
        {
            if (category.IsSame(before[index], device))
            {
                var followers = before.Skip(index + 1).ToHashSet();
                var next = restored.FindIndex(followers.Contains);
                restored.Insert(next < 0 ? restored.Count : next, before[index]);
            }
        }

        return restored.ToValueList();
    });

    /// <summary>Removes a device from the record.</summary>
    public Task RemoveAsync(string vmId, AttachedHostDevice device) =>
        ChangeAsync(vmId, recorded => recorded.Where(other => !category.IsSame(other, device)).ToValueList());

    private Task ChangeAsync(string vmId, Func<ValueList<AttachedHostDevice>, ValueList<AttachedHostDevice>> change) =>
        records?.ChangeAsync(vmId, change, CancellationToken.None) ?? Task.CompletedTask;
}
